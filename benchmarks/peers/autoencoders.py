"""The autoencoder visible - 32 - visible of section 8, trained as most people would.

All start from weights drawn alike (Glorot uniform) and use Adam with Keras' numbers.
Each returns the mean training loss of the last epoch and the loss on the test images.
"""

import numpy as np

HIDDEN, BATCH, RATE = 32, 256, 1e-3


def keras_fit(training, test, epochs, seed=1):
    """Train with plain `fit`.

    Parameters
    ----------
    training, test : ndarray of float32, shape (n, visible)
        Pixels, 0 or 1.
    epochs : int
        Passes over the training images.
    seed : int
        Of the initial weights and the order of the images.

    Returns
    -------
    dict
        `loss` and `validation loss`, in nat per pixel.
    """
    import keras

    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((training.shape[1],)),
            keras.layers.Dense(HIDDEN, activation="relu"),
            keras.layers.Dense(training.shape[1], activation="sigmoid"),
        ]
    )
    model.compile(keras.optimizers.Adam(RATE), loss="binary_crossentropy")
    found = model.fit(
        training,
        training,
        batch_size=BATCH,
        epochs=epochs,
        validation_data=(test, test),
        verbose=0,
    ).history
    return {"loss": found["loss"][-1], "validation loss": found["val_loss"][-1]}


def torch_loader(training, test, epochs, seed=1, *, threads):
    """Train with PyTorch and its DataLoader, as its tutorials do; else as above."""
    import torch

    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    images = torch.from_numpy(training)
    loader = torch.utils.data.DataLoader(
        torch.utils.data.TensorDataset(images), batch_size=BATCH, shuffle=True
    )
    return _train_torch(
        lambda: (batch for (batch,) in loader), images, torch.from_numpy(test), epochs
    )


def torch_slices(training, test, epochs, seed=1, *, threads):
    """Train with PyTorch, batches cut from a shuffled tensor; else as above."""
    import torch

    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    images = torch.from_numpy(training)
    return _train_torch(
        lambda: images[torch.randperm(len(images))].split(BATCH),
        images,
        torch.from_numpy(test),
        epochs,
    )


def _train_torch(batches, images, test, epochs):
    import torch
    from torch import nn

    visible = images.shape[1]
    model = nn.Sequential(
        nn.Linear(visible, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, visible)
    )
    for layer in (model[0], model[2]):
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)
    measure = nn.BCEWithLogitsLoss()  # the sigmoid is in it
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE, eps=1e-7)
    losses = {}
    for _ in range(epochs):
        model.train()
        total = 0.0
        for batch in batches():
            optimizer.zero_grad()
            loss = measure(model(batch), batch)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        model.eval()
        with torch.no_grad():
            validation = measure(model(test), test).item()
        losses = {"loss": total / len(images), "validation loss": validation}
    return losses


def operations(images, visible):
    """Floating-point operations of an epoch's matrix products, validation aside.

    Each layer multiplies three times: forward, and back to its input and its weights;
    the first layer's input needs no gradient.
    """
    return int(images * 2 * visible * HIDDEN * 5)


def shapes(visible):
    """Shapes of the matrix products of one batch: rows, inner size, columns."""
    forward = [(BATCH, visible, HIDDEN), (BATCH, HIDDEN, visible)]
    back = [
        (visible, BATCH, HIDDEN),
        (HIDDEN, BATCH, visible),
        (BATCH, visible, HIDDEN),
    ]
    return np.array(forward + back).tolist()
