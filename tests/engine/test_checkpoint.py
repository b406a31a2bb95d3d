"""Model files: what was saved comes back, on the chosen device."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load as load_tensors
from safetensors.torch import save as save_tensors

from fxdiffuse_gui.engine.checkpoint import ModelError, load_model, pick_device, save_model
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser
from fxdiffuse_gui.engine.diffusion.model_config import Preconditioning
from fxdiffuse_gui.engine.model_card import ModelCard
from tests.engine.model_files import join, split
from tests.engine.tiny import as_batch, conditions, random_denoiser, textured, tiny_config

PHOTO = as_batch(textured(32, 32))


@pytest.mark.parametrize("config", [tiny_config(), tiny_config(Preconditioning.EPSILON, heads=False)])
def test_round_trip(tmp_path: Path, config: Any) -> None:
    denoiser = random_denoiser(config)
    card = ModelCard("a name", 17, {"steps": 17}, {"photos": 3, "licenses": {"CC0": 2}}, "abc")
    save_model(tmp_path / "m.safetensors", denoiser, card)
    model = load_model(tmp_path / "m.safetensors", "cpu")
    assert model.denoiser.config == config
    assert model.card == card
    assert model.path == tmp_path / "m.safetensors"
    assert not model.denoiser.training
    assert not any(p.requires_grad for p in model.denoiser.parameters())
    condition = conditions([tuple(Task)], PHOTO, PHOTO * 0.5)

    def output(network: Denoiser) -> torch.Tensor:
        context = network.prepare(PHOTO, condition)
        return network.to_image(network.denoise(PHOTO, torch.ones(1), context), context)

    assert torch.equal(output(model.denoiser), output(denoiser))


def test_digest_is_that_of_the_file(model_file: Path) -> None:
    assert load_model(model_file, "cpu").digest == hashlib.sha256(model_file.read_bytes()).hexdigest()


def test_loading_does_not_import_a_compiler(model_file: Path) -> None:
    """Arithmetic on torch's meta device imports its compiler and sympy: seconds before the first edit."""
    program = (
        "import pathlib, sys; from fxdiffuse_gui.engine.checkpoint import load_model;"
        "load_model(pathlib.Path(sys.argv[1]), 'cpu');"
        "sys.exit(bool({'sympy', 'torch._dynamo'} & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", program, str(model_file)], cwd=root, check=False)
    assert done.returncode == 0


def test_half_precision_files_load_as_floats(tmp_path: Path, model_file: Path) -> None:
    data = model_file.read_bytes()
    metadata = split(data)[0]["__metadata__"]
    halves = {name: tensor.half() for name, tensor in load_tensors(data).items()}
    path = tmp_path / "half.safetensors"
    path.write_bytes(save_tensors(halves, metadata))
    assert {p.dtype for p in load_model(path, "cpu").denoiser.parameters()} == {torch.float32}


def test_models_from_before_caching_use_no_cache(tmp_path: Path, model_file: Path) -> None:
    header, body = split(model_file.read_bytes())
    config = json.loads(header["__metadata__"]["config"])
    assert config.pop("reuse") > 1
    header["__metadata__"]["config"] = json.dumps(config)
    older = tmp_path / "older.safetensors"
    older.write_bytes(join(header, body))
    assert load_model(older, "cpu").denoiser.config.trunk_reuse == 1


def test_devices() -> None:
    assert pick_device("cpu").type == "cpu"
    assert pick_device("auto").type in ("cpu", "cuda")
    with pytest.raises(ModelError, match="tpu"):
        pick_device("tpu")
    if not torch.cuda.is_available():
        with pytest.raises(ModelError, match="CUDA"):
            pick_device("cuda")
