# Needs: samples.h5 or images.h5. Makes: results/linear/<name>, figures 7 and 8.
