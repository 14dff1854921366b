package org.realm4knime.headless.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.realm4knime.engine.spread.Cluster;
import org.realm4knime.engine.spread.Machines;

/**
 * Loads Spark beside everything else: it brings other versions of libraries that are here, too, and insists on some of
 * them. The two sides share the JDK and the contract between them.
 */
final class ClusterLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private ClusterLoader(URL[] jars) {
        super("cluster", jars, new Contract());
    }

    static ClusterLoader of(List<Path> jars) {
        return new ClusterLoader(jars.stream().map(ClusterLoader::url).toArray(URL[]::new));
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(new IOException(jar + " has no address", e));
        }
    }

    /** What both sides see. */
    private static final class Contract extends ClassLoader {

        private static final List<Class<?>> SHARED = List.of(Cluster.class, Machines.class);

        Contract() {
            super("contract", ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            return SHARED.stream()
                    .filter(shared -> shared.getName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new ClassNotFoundException(name));
        }
    }
}
