#!/usr/bin/env bash
# Tells Spark which GPUs this machine has, as spark.executor.resource.gpu.discoveryScript wants it.
set -euo pipefail
addresses=$(nvidia-smi --query-gpu=index --format=csv,noheader | sed 's/.*/"&"/' | paste -sd , -)
printf '{"name": "gpu", "addresses": [%s]}\n' "$addresses"
