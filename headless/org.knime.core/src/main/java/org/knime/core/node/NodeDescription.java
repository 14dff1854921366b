package org.knime.core.node;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.knime.core.node.NodeFactory.NodeType;
import org.w3c.dom.Element;

/** What users read about a node: its purpose, ports, options and views. Texts may hold simple HTML. */
public abstract class NodeDescription {

    /** Path of the icon relative to the factory's class; may be null. */
    public abstract String getIconPath();

    public abstract String getNodeName();

    public abstract NodeType getType();

    /** Name of an input port; the fixed ports come first, then the groups. */
    public abstract String getInportName(int index);

    public abstract String getInportDescription(int index);

    /** Name of an output port; the fixed ports come first, then the groups. */
    public abstract String getOutportName(int index);

    public abstract String getOutportDescription(int index);

    public abstract int getViewCount();

    public abstract String getViewName(int index);

    public abstract String getViewDescription(int index);

    /** The description as the element {@code knimeNode}. */
    public abstract Element getXMLDescription();

    public Optional<String> getShortDescription() {
        return Optional.empty();
    }

    public Optional<String> getIntro() {
        return Optional.empty();
    }

    public List<DialogOptionGroup> getDialogOptionGroups() {
        return List.of();
    }

    public List<DynamicPortGroupDescription> getDynamicInPortGroups() {
        return List.of();
    }

    public List<DynamicPortGroupDescription> getDynamicOutPortGroups() {
        return List.of();
    }

    public String[] getKeywords() {
        return new String[0];
    }

    /** One option of the dialog. */
    public static final class DialogOption {

        private final String m_name;
        private final String m_description;
        private final boolean m_optional;

        public DialogOption(final String name, final String description, final boolean isOptional) {
            m_name = Objects.requireNonNull(name);
            m_description = Objects.requireNonNull(description);
            m_optional = isOptional;
        }

        public String getName() {
            return m_name;
        }

        public String getDescription() {
            return m_description;
        }

        public boolean isOptional() {
            return m_optional;
        }
    }

    /** The options of one tab of the dialog. */
    public static final class DialogOptionGroup {

        private final String m_name;
        private final String m_description;
        private final List<DialogOption> m_options;

        /** @param name may be null, as may the description */
        public DialogOptionGroup(final String name, final String description, final List<DialogOption> options) {
            m_name = name;
            m_description = description;
            m_options = List.copyOf(options);
        }

        public Optional<String> getName() {
            return Optional.ofNullable(m_name);
        }

        public Optional<String> getDescription() {
            return Optional.ofNullable(m_description);
        }

        public List<DialogOption> getOptions() {
            return m_options;
        }
    }

    /** A group of ports that users add. */
    public static final class DynamicPortGroupDescription {

        private final String m_name;
        private final String m_identifier;
        private final String m_description;

        public DynamicPortGroupDescription(
                final String groupName, final String groupIdentifier, final String groupDescription) {
            m_name = groupName;
            m_identifier = groupIdentifier;
            m_description = groupDescription;
        }

        public String getGroupName() {
            return m_name;
        }

        public String getGroupIdentifier() {
            return m_identifier;
        }

        public String getGroupDescription() {
            return m_description;
        }
    }
}
