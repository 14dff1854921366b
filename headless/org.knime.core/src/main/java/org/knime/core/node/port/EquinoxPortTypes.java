package org.knime.core.node.port;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.RegistryFactory;

/**
 * Reads the port types from Equinox; the only class here that needs Eclipse, so it is loaded only if Eclipse is there.
 */
final class EquinoxPortTypes {

    private EquinoxPortTypes() {}

    /** The registered port types; empty if no extension registry is running. */
    static Optional<List<PortTypeExtension>> findAll() {
        final IExtensionRegistry registry = RegistryFactory.getRegistry();
        if (registry == null) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(registry.getConfigurationElementsFor(PortTypeExtension.POINT))
                .map(EquinoxPortTypes::fromElement)
                .toList());
    }

    private static PortTypeExtension fromElement(final IConfigurationElement element) {
        return new PortTypeExtension(
                element.getAttribute("name"),
                Boolean.parseBoolean(element.getAttribute("hidden")),
                element.getAttribute("objectClass"),
                element.getAttribute("objectSerializer"),
                element.getAttribute("specClass"),
                element.getAttribute("specSerializer"),
                className ->
                        Platform.getBundle(element.getContributor().getName()).loadClass(className));
    }
}
