package org.realm4knime.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.SparkFiles;

/**
 * The engine of an executor, loaded once per process. It has a class loader of its own beside Spark's, so that each of
 * them has the versions of libraries that it was built with.
 */
final class EngineProcess {

    private static final String WORKPLACE = "org.realm4knime.engine.spread.Workplace";
    private static final String DJL_CACHE = "DJL_CACHE_DIR";

    private static EngineProcess loaded;

    private final ClassLoader loader;
    private final MethodHandle work;

    private EngineProcess(List<String> jars) {
        System.setProperty("ai.djl.offline", "true");
        Path home = Path.of(System.getProperty("user.home", ""));
        if (System.getenv(DJL_CACHE) == null && !Files.isWritable(home)) {
            // containers often have no home; the native library is unpacked beside the jars then
            System.setProperty(DJL_CACHE, SparkFiles.getRootDirectory());
        }
        URL[] urls = jars.stream().map(EngineProcess::url).toArray(URL[]::new);
        loader = new URLClassLoader("engine", urls, ClassLoader.getPlatformClassLoader());
        try {
            work = MethodHandles.publicLookup()
                    .findStatic(
                            loader.loadClass(WORKPLACE),
                            "work",
                            MethodType.methodType(byte[].class, byte[].class, Function.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The jars that were sent do not hold the engine: " + jars, e);
        }
    }

    private static URL url(String jar) {
        try {
            return Path.of(SparkFiles.get(jar)).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(new IOException("The file " + jar + " has no address", e));
        }
    }

    /** The engine of this process; loads it if need be. */
    static synchronized EngineProcess of(List<String> jars) {
        if (loaded == null) {
            loaded = new EngineProcess(jars);
        }
        return loaded;
    }

    /** See {@code Workplace.work}. */
    byte[] work(byte[] task, Function<String, List<byte[]>> shared) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        // broadcasts are read with the loader of whoever sent them
        Function<String, List<byte[]>> fetched = name -> {
            thread.setContextClassLoader(before);
            try {
                return shared.apply(name);
            } finally {
                thread.setContextClassLoader(loader);
            }
        };
        try {
            return (byte[]) work.invokeExact(task, fetched);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
