# Needs: samples.h5 or images.h5. Makes, under results/autoencoders/<name>: model.keras,
# history.h5 and reconstructions.h5.


rule train_autoencoder:
    input:
        training=pixels_of("autoencoders"),
        test=pixels_of("autoencoders", images="test"),
    output:
        model="results/autoencoders/{name}/model.keras",
        history="results/autoencoders/{name}/history.h5",
        reconstructions="results/autoencoders/{name}/reconstructions.h5",
    group:
        "networks"
    conda:
        "../../envs/training.yaml"
    threads: 1  # the order of summation, and so the result, may depend on their number
    resources:
        mem_mb=memory_mb(training_gb),
        runtime=minutes(training_minutes),
    params:
        settings=settings_of("autoencoders"),
        seed=config["seed"],
    script:
        "../scripts/train_autoencoder.py"
