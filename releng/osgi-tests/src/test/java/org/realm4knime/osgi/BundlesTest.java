package org.realm4knime.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

class BundlesTest {

    @Test
    void everyBundleResolves() {
        Bundle[] bundles =
                FrameworkUtil.getBundle(BundlesTest.class).getBundleContext().getBundles();
        assertThat(bundles).allSatisfy(bundle -> assertThat(bundle.getState())
                .as(bundle.getSymbolicName())
                .isGreaterThanOrEqualTo(Bundle.RESOLVED));
        assertThat(Stream.of(bundles).map(Bundle::getSymbolicName))
                .contains("org.realm4knime.engine", "org.realm4knime.samples", "org.realm4knime.nodes")
                .anyMatch(name -> name.startsWith("org.realm4knime.engine."));
    }
}
