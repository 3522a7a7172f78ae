"""Manifests of models and packs, one TOML file each; ``ai_center.model_manifest`` reads them."""
