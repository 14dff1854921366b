package org.realm4knime.engine.torch;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How the native library is started.
 *
 * @param device where to compute
 * @param threads number of threads of one tensor operation; 0 leaves the choice to PyTorch (one a physical core)
 * @param cacheFolder folder into which the native library is unpacked once, about 450 MB; null for {@code .djl.ai} in
 *     the user's home
 * @param library folder of an installed libtorch to use in place of the packaged one (for CUDA); null for the packaged
 *     one
 */
public record TorchSettings(DevicePreference device, int threads, Path cacheFolder, Path library) {

    public TorchSettings {
        Objects.requireNonNull(device);
        if (threads < 0) {
            throw new IllegalArgumentException("threads must be 0 (automatic) or more: " + threads);
        }
    }

    /** Automatic device and threads, packaged library, cache in the user's home. */
    public static TorchSettings automatic() {
        return new TorchSettings(DevicePreference.AUTO, 0, null, null);
    }

    /** Returns these settings with another number of threads. */
    public TorchSettings withThreads(int newThreads) {
        return new TorchSettings(device, newThreads, cacheFolder, library);
    }

    /** Returns these settings with another installed libtorch. */
    public TorchSettings withLibrary(Path newLibrary) {
        return new TorchSettings(device, threads, cacheFolder, newLibrary);
    }

    /** True when both start the same native library from the same place, so that a change needs no new process. */
    boolean sameLibrary(TorchSettings other) {
        return Objects.equals(cacheFolder, other.cacheFolder) && Objects.equals(library, other.library);
    }
}
