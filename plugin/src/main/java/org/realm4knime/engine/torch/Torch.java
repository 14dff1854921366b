package org.realm4knime.engine.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native PyTorch library of this process, started at the first use from whatever thread that comes.
 *
 * <p>DJL finds its engine, its native code and its resources through the thread's context class loader, and what it
 * finds at the first use stays for good. In an OSGi host that loader is another bundle's, so everything that enters DJL
 * goes through {@link #run} or {@link #enter}, which lend the thread this bundle's loader. A switch of PyTorch is per
 * thread and is set there as well: TorchScript's graph optimizer off (it gains nothing here and costs warm-up calls).
 */
public final class Torch {

    private static final Logger LOG = LoggerFactory.getLogger(Torch.class);
    /** The CUDA version that DJL's native code for this PyTorch version is built for. */
    private static final String CUDA_FLAVOR = "cu128";

    private static final String ANY_URL = "ai.djl.allow_insecure_url";

    private static final long ONE_THREAD_NUMBERS = 3_000_000;

    private static final ThreadLocal<Started> PREPARED_FOR = new ThreadLocal<>();

    private static TorchSettings settings = TorchSettings.automatic();
    private static volatile boolean propertiesSet;
    private static volatile Started started;

    /** The running library, and what new tensors and calls use; replaced when device or threads change. */
    private record Started(Engine engine, Device device, int threads, int automaticThreads) {}

    private Torch() {}

    /**
     * Sets how to start, or changes the device and the threads of a library that already runs.
     *
     * @throws EngineException if native code already runs and the change needs a new process (cache folder, library)
     */
    public static synchronized void configure(TorchSettings newSettings) {
        if (propertiesSet && !newSettings.sameLibrary(settings)) {
            throw new EngineException("The native library is already running from another folder."
                    + " Restart the application for the new cache folder or PyTorch library to take effect.");
        }
        settings = newSettings;
        if (started != null) {
            started = started(started.engine, started.automaticThreads);
        }
    }

    /** The settings in force. */
    public static synchronized TorchSettings settings() {
        return settings;
    }

    /** The device that new tensors live on. */
    public static Device device() {
        return start().device;
    }

    /**
     * Makes sure that what was asked for is used.
     *
     * @throws EngineException if a CUDA device was asked for and there is none to be had; the message says why
     */
    public static void requireDevice() {
        if (settings().device() == DevicePreference.CUDA && !device().isGpu()) {
            throw new EngineException("CUDA cannot be used: " + whyNoCuda(start().engine));
        }
    }

    private static String whyNoCuda(Engine engine) {
        return engine.hasCapability("CUDA")
                ? "the PyTorch library finds no CUDA device. Check the driver (nvidia-smi) and CUDA_VISIBLE_DEVICES."
                : "the PyTorch library in use is built for the processor, or there is no card or driver for it"
                        + " (nvidia-smi). Install libtorch with CUDA and name its folder.";
    }

    /** Whether the library computes on the processor and was built with oneDNN, as the packaged ones for x86 are. */
    public static boolean hasOneDnn() {
        Started torch = start();
        return !torch.device.isGpu() && torch.engine.hasCapability("MKLDNN");
    }

    /** Processor threads of one tensor operation. */
    public static int threads() {
        return start().threads;
    }

    /**
     * Processor threads that are worth it for one short pass over numbers: the helpers of a short task wait in a busy
     * loop for the next one, which takes more time from what follows than they saved.
     *
     * @param numbers how many the pass reads or writes
     */
    public static int threadsFor(long numbers) {
        return numbers <= ONE_THREAD_NUMBERS ? 1 : threads();
    }

    /** One line for a log: version, device, threads. */
    public static String description() {
        Started torch = start();
        return "PyTorch %s on %s, %d %s"
                .formatted(
                        torch.engine.getVersion(),
                        torch.device.isGpu() ? "CUDA device " + torch.device.getDeviceId() : "the processor",
                        torch.threads,
                        torch.threads == 1 ? "thread" : "threads");
    }

    /**
     * Runs code that uses tensors: starts the library if need be, and prepares the thread.
     *
     * @throws EngineException if there is not enough memory for a tensor
     */
    public static <T> T run(Supplier<T> work) {
        return enter(() -> {
            prepareThread();
            try {
                return work.get();
            } catch (ai.djl.engine.EngineException e) {
                throw TorchErrors.readable(e);
            }
        });
    }

    /**
     * Runs code that uses DJL but no tensors, such as a tokenizer: with this bundle's class loader as the thread's
     * context class loader, and without starting PyTorch.
     */
    public static <T> T enter(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Torch.class.getClassLoader());
        try {
            if (!propertiesSet) {
                setProperties();
            }
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** A new root for tensors on a device. */
    static NDManager newManager(Device device) {
        return run(() -> start().engine.newBaseManager(device));
    }

    /** Work that may be canceled. */
    public interface Work<T> {

        /** Works. */
        T run() throws CanceledJobException;
    }

    /** Runs work whose tensor operations use a number of threads, on this thread alone. */
    public static <T> T withThreads(int threads, Work<T> work) throws CanceledJobException {
        run(() -> setThreads(threads));
        try {
            return work.run();
        } finally {
            run(() -> setThreads(threads()));
        }
    }

    @SuppressWarnings("ReferenceEquality") // the one object for which this thread is prepared
    private static void prepareThread() {
        Started torch = start();
        if (PREPARED_FOR.get() != torch) {
            JniUtils.setGraphExecutorOptimize(false);
            setThreads(torch.threads);
            PREPARED_FOR.set(torch);
        }
    }

    /**
     * The number is this thread's own, but a thread takes over the one last set anywhere when it first asks for it; so
     * it asks before another thread can set one.
     */
    private static synchronized int setThreads(int threads) {
        JniUtils.setNumThreads(threads);
        return JniUtils.getNumThreads();
    }

    private static Started start() {
        Started running = started;
        return running != null ? running : startOnce();
    }

    private static synchronized Started startOnce() {
        if (started == null) {
            started = enter(() -> {
                Engine engine = loadEngine();
                return started(engine, JniUtils.getNumThreads());
            });
            LOG.info("{}", description());
        }
        return started;
    }

    /** DJL reads these when its classes load: no download, no telemetry, and where to unpack. */
    private static synchronized void setProperties() {
        if (propertiesSet) {
            return;
        }
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
        if (settings.cacheFolder() != null) {
            System.setProperty("DJL_CACHE_DIR", settings.cacheFolder().toString());
            System.setProperty("ENGINE_CACHE_DIR", settings.cacheFolder().toString());
        }
        if (settings.library() != null) {
            useLibrary(settings.library());
        }
        propertiesSet = true;
    }

    private static void useLibrary(Path library) {
        if (!Files.exists(library.resolve(System.mapLibraryName("torch")))) {
            LOG.warn("No PyTorch library in {}; using the packaged one on the processor.", library);
            settings = settings.withLibrary(null);
            return;
        }
        boolean cuda = Files.exists(library.resolve(System.mapLibraryName("torch_cuda")));
        System.setProperty("PYTORCH_LIBRARY_PATH", library.toString());
        System.setProperty(
                "PYTORCH_FLAVOR", cuda ? CUDA_FLAVOR : "cpu"); // else DJL guesses one that it has no code for
    }

    private static Engine loadEngine() {
        try {
            return withBundleUrls(() -> Engine.getEngine("PyTorch"));
        } catch (ai.djl.engine.EngineException | LinkageError e) {
            if (settings.library() == null) {
                throw new EngineException(
                        "The packaged PyTorch library could not be started: " + rootMessage(e)
                                + ". Check that this platform is supported (64-bit Linux, Windows or macOS on ARM) and"
                                + " that the cache folder is writable and has 500 MB free.",
                        e);
            }
            LOG.warn(
                    "The PyTorch library in {} could not be started ({}); using the packaged one on the processor.",
                    settings.library(),
                    rootMessage(e));
            System.clearProperty("PYTORCH_LIBRARY_PATH");
            System.clearProperty("PYTORCH_FLAVOR");
            settings = settings.withLibrary(null);
            return loadEngine();
        }
    }

    /**
     * Lets DJL read its own native code where an OSGi host names it by a URL of its own, such as bundleresource. Since
     * 0.38 DJL refuses such URLs unless told otherwise. It is told so for this one call, which reads nothing else.
     */
    private static <T> T withBundleUrls(Supplier<T> work) {
        String before = System.setProperty(ANY_URL, "true");
        try {
            return work.get();
        } finally {
            if (before == null) {
                System.clearProperty(ANY_URL);
            } else {
                System.setProperty(ANY_URL, before);
            }
        }
    }

    private static Device chooseDevice(Engine engine) {
        boolean wanted = settings.device() != DevicePreference.CPU;
        boolean present = wanted && engine.hasCapability("CUDA") && engine.getGpuCount() > 0;
        if (settings.device() == DevicePreference.CUDA && !present) {
            LOG.warn("CUDA cannot be used, so the processor is: {}", whyNoCuda(engine));
        }
        return present ? Device.gpu(0) : Device.cpu();
    }

    private static Started started(Engine engine, int automaticThreads) {
        int threads = settings.threads() > 0 ? settings.threads() : automaticThreads;
        return new Started(engine, chooseDevice(engine), threads, automaticThreads);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
