package org.knime.core.webui.page;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.core.runtime.FileLocator;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** Asks Equinox for bundles; the only class here that needs Equinox, so it is loaded only if Equinox is there. */
final class EquinoxBundles {

    private EquinoxBundles() {}

    /** The folder or jar of the bundle of a class; empty if the class is in no bundle. */
    static Optional<Path> location(final Class<?> clazz) {
        final Bundle bundle = FrameworkUtil.getBundle(clazz);
        return bundle == null
                ? Optional.empty()
                : FileLocator.getBundleFileLocation(bundle).map(File::toPath);
    }
}
