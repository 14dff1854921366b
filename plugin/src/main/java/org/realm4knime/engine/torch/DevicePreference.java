package org.realm4knime.engine.torch;

/** Where the user wants tensors to be computed. */
public enum DevicePreference {
    /** A CUDA graphics card when the native library and the driver offer one, else the processor. */
    AUTO,
    /** The processor. */
    CPU,
    /** A CUDA graphics card; falls back to the processor, with a warning in the log, where there is none. */
    CUDA
}
