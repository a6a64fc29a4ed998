# Needs: the network, local files, or nothing. Makes: results/<archive>/<file>, as in
# results/mnist, and results/images/<name>/images.h5.


rule fetch_mnist:
    output:
        file="results/{archive}/{file}",
    priority: 1  # what may fail for want of a network fails first
    localrule: True  # a cluster's nodes may have no network
    resources:
        mirrors=1,
        runtime=minutes(10),
    params:
        code=None,  # the files are checked, so that no edit is worth a download
    script:
        "../scripts/fetch_mnist.py"


rule select_images:
    input:
        unpack(downloads_of),
    output:
        images="results/images/{name}/images.h5",
    group:
        "images"
    resources:
        mem_mb=memory_mb(loading_gb),
    params:
        settings=settings_of("images"),
        content=content_of_images,
        seed=config["seed"],
    script:
        "../scripts/select_images.py"
