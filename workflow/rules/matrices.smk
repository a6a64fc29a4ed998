# Needs: nothing. Makes: results/matrices/<name> and figure 6.
