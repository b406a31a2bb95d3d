"""The widgets. The only place that imports QtWidgets."""
