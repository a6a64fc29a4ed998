# Needs: graphs, walks and images. Makes: results/programme/<name>, figures 9 to 11.
