package org.knime.core.node.port;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.knime.core.node.port.PortObject.PortObjectSerializer;
import org.knime.core.node.port.PortObjectSpec.PortObjectSpecSerializer;
import org.realm4knime.standin.PortKind;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * One {@code portType} element of the extension point {@code org.knime.core.PortType}: from the extension registry in
 * Equinox, from every plugin.xml on the class path otherwise.
 *
 * @param loader finds the named classes
 */
record PortTypeExtension(
        String name,
        boolean hidden,
        String objectClass,
        String objectSerializer,
        String specClass,
        String specSerializer,
        ClassFinder loader) {

    static final String POINT = "org.knime.core.PortType";

    /** Loads a class by its name. */
    @FunctionalInterface
    interface ClassFinder {
        Class<?> find(String className) throws ClassNotFoundException;
    }

    static List<PortTypeExtension> findAll() {
        try {
            return EquinoxPortTypes.findAll().orElseGet(PortTypeExtension::findOnClassPath);
        } catch (final NoClassDefFoundError e) { // no Eclipse on the class path
            return findOnClassPath();
        }
    }

    private static List<PortTypeExtension> findOnClassPath() {
        final ClassLoader loader = PortTypeExtension.class.getClassLoader();
        final List<PortTypeExtension> extensions = new ArrayList<>();
        try {
            for (final URL pluginXml : Collections.list(loader.getResources("plugin.xml"))) {
                try (InputStream in = pluginXml.openStream()) {
                    final NodeList elements = DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(in)
                            .getElementsByTagName("portType");
                    for (int i = 0; i < elements.getLength(); i++) {
                        final Element element = (Element) elements.item(i);
                        if (POINT.equals(((Element) element.getParentNode()).getAttribute("point"))) {
                            extensions.add(fromXml(element, loader::loadClass));
                        }
                    }
                }
            }
        } catch (final IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("A plugin.xml on the class path cannot be read: " + e.getMessage(), e);
        }
        return extensions;
    }

    private static PortTypeExtension fromXml(final Element element, final ClassFinder loader) {
        return new PortTypeExtension(
                element.getAttribute("name"),
                Boolean.parseBoolean(element.getAttribute("hidden")),
                element.getAttribute("objectClass"),
                element.getAttribute("objectSerializer"),
                element.getAttribute("specClass"),
                element.getAttribute("specSerializer"),
                loader);
    }

    PortType createType() throws ClassNotFoundException {
        return new PortType(new PortKind(
                loader.find(objectClass).asSubclass(PortObject.class),
                loader.find(specClass).asSubclass(PortObjectSpec.class),
                name,
                hidden));
    }

    @SuppressWarnings("unchecked") // the serializer belongs to the type's class by its registration
    PortObjectSerializer<PortObject> createObjectSerializer() {
        return (PortObjectSerializer<PortObject>) create(objectSerializer);
    }

    @SuppressWarnings("unchecked") // the serializer belongs to the type's class by its registration
    PortObjectSpecSerializer<PortObjectSpec> createSpecSerializer() {
        return (PortObjectSpecSerializer<PortObjectSpec>) create(specSerializer);
    }

    private Object create(final String className) {
        try {
            return loader.find(className).getDeclaredConstructor().newInstance();
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "The serializer " + className + " of " + objectClass + " cannot be created", e);
        }
    }
}
