"""The benchmark: asks the engine's worker and its peers' workers for measurements, in turn, and reports them."""
