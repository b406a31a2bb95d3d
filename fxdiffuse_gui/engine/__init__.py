"""The model and the effects: tasks, conditions, network, sampler, pipeline.

May import torch, numpy, OpenCV and safetensors; never Qt, accelerate, the app or the trainer.
"""
