package org.realm4knime.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.core.runtime.Platform;
import org.junit.jupiter.api.Test;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;

class PortTypeTest {

    @Test
    void languageModelsHaveARegisteredPortType() throws ClassNotFoundException {
        Class<? extends PortObject> objects = Platform.getBundle("org.realm4knime.nodes")
                .loadClass("org.realm4knime.nodes.port.LanguageModelPortObject")
                .asSubclass(PortObject.class);
        PortTypeRegistry registry = PortTypeRegistry.getInstance();
        PortType type = registry.getPortType(objects);
        // an unregistered class gets a hidden type named after the class
        assertThat(type.getName()).isEqualTo("Language Model");
        assertThat(type.isHidden()).isFalse();
        assertThat(registry.getObjectSerializer(objects)).isPresent();
        assertThat(registry.getSpecSerializer(type.getPortObjectSpecClass())).isPresent();
    }
}
