# Needs: the network, local files, or nothing. Makes: results/<archive>/<file>, as in
# results/mnist, and results/images/<name>/images.h5.


rule fetch_mnist:
    output:
        file="results/{archive}/{file}",
    log:
        "results/logs/fetch_mnist/{archive}/{file}.log",
    benchmark:
        "results/benchmarks/fetch_mnist/{archive}/{file}.tsv"
    priority: 1  # what may fail for want of a network fails first
    # No fingerprint: the files are checked, so that no edit is worth a download.
    localrule: True  # a cluster's nodes may have no network
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mirrors=1,
        mem_mb=memory_mb(0.5),
        runtime=minutes(10),
    script:
        "../scripts/fetch_mnist.py"


rule select_images:
    input:
        unpack(downloads_of),
    output:
        images="results/images/{name}/images.h5",
    log:
        "results/logs/select_images/{name}.log",
    benchmark:
        "results/benchmarks/select_images/{name}.tsv"
    wildcard_constraints:
        name=one_of(config["images"]),
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(loading_gb),
        runtime=minutes(3),
    params:
        code=fingerprint("select_images", "science"),
        settings=settings_of("images"),
        content=content_of_images,
        seed=config["seed"],
    script:
        "../scripts/select_images.py"
