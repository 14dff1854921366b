package org.realm4knime.headless.workflow;

import java.util.ArrayList;
import java.util.List;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.config.base.AbstractConfigEntry;
import org.knime.core.node.config.base.ConfigEntries;

/**
 * Settings addressed by path, {@code group/key}, and set from text in the type they have. An array is one setting; its
 * text form is its elements with commas between.
 */
public final class SettingsTree {

    private static final String ARRAY_SIZE = "array-size";

    private SettingsTree() {}

    /**
     * @param tree settings
     * @return the paths of all settings in the tree, in its order; those that KNIME adds for itself are left out
     */
    public static List<String> leaves(NodeSettings tree) {
        List<String> result = new ArrayList<>();
        collect(tree, "", result);
        return result;
    }

    private static void collect(NodeSettings tree, String prefix, List<String> result) {
        for (String key : tree.keySet()) {
            if (key.endsWith("_Internals")) {
                continue;
            }
            if (tree.getEntry(key) instanceof NodeSettings group && !isArray(group)) {
                collect(group, prefix + key + "/", result);
            } else {
                result.add(prefix + key);
            }
        }
    }

    /**
     * @param tree settings
     * @param path keys with slashes between
     * @return whether there is such a setting
     */
    public static boolean contains(NodeSettings tree, String path) {
        return leaves(tree).contains(path);
    }

    /**
     * @param tree settings
     * @param path of a setting that {@link #contains is there}
     * @return its value as text; an array's elements with commas between; empty for null
     */
    public static String get(NodeSettings tree, String path) {
        AbstractConfigEntry entry = entry(tree, path);
        if (entry instanceof NodeSettings array) {
            List<String> elements = new ArrayList<>();
            // what a file claims may be more than it has
            int size = Math.min(array.getInt(ARRAY_SIZE, 0), array.keySet().size());
            for (int i = 0; i < size; i++) {
                elements.add(text(array.getEntry(Integer.toString(i))));
            }
            return String.join(", ", elements);
        }
        return text(entry);
    }

    /**
     * @param tree settings
     * @param path of a setting that {@link #contains is there}
     * @return its entry
     */
    public static AbstractConfigEntry entry(NodeSettings tree, String path) {
        return parent(tree, path).getEntry(lastKey(path));
    }

    private static String text(AbstractConfigEntry entry) {
        String text = entry.toStringValue();
        return text == null ? "" : text;
    }

    /**
     * @param tree settings
     * @param path of a setting that {@link #contains is there}
     * @param value in text form
     * @throws IllegalArgumentException if the value does not fit the setting's type; the message says what does
     */
    public static void set(NodeSettings tree, String path, String value) {
        boolean list = entry(tree, path) instanceof NodeSettings;
        if (list) {
            set(tree, path, value.isBlank() ? List.of() : List.of(value.strip().split("\\s*,\\s*")));
        } else {
            set(tree, path, List.of(value));
        }
    }

    /**
     * @param tree settings
     * @param path of a setting that {@link #contains is there}
     * @param values the elements of a list, or the one value of any other setting, in text form
     * @throws IllegalArgumentException if a value does not fit the setting's type; the message says what does
     */
    public static void set(NodeSettings tree, String path, List<String> values) {
        NodeSettings parent = parent(tree, path);
        String key = lastKey(path);
        AbstractConfigEntry entry = parent.getEntry(key);
        if (entry instanceof NodeSettings array) {
            parent.addNodeSettings(array(key, elementType(array), values));
        } else if (values.size() == 1) {
            parent.addEntry(entry(key, entry.getType(), values.get(0)));
        } else {
            throw new IllegalArgumentException("the setting takes one value, not " + values.size());
        }
    }

    /** An empty array does not tell its type; most are of strings. */
    private static ConfigEntries elementType(NodeSettings array) {
        AbstractConfigEntry first = array.getEntry("0");
        return first == null ? ConfigEntries.xstring : first.getType();
    }

    private static NodeSettings array(String key, ConfigEntries type, List<String> values) {
        NodeSettings array = new NodeSettings(key);
        array.addInt(ARRAY_SIZE, values.size());
        for (int i = 0; i < values.size(); i++) {
            array.addEntry(entry(Integer.toString(i), type, values.get(i)));
        }
        return array;
    }

    private static AbstractConfigEntry entry(String key, ConfigEntries type, String value) {
        String text = type == ConfigEntries.xstring ? value : value.strip();
        if (type == ConfigEntries.xboolean && !text.matches("(?i)true|false")) {
            throw new IllegalArgumentException("the setting is true or false, not \"" + value + "\"");
        }
        try {
            return type.createEntry(key, text);
        } catch (NumberFormatException e) {
            String kind = type == ConfigEntries.xdouble || type == ConfigEntries.xfloat ? "a number" : "a whole number";
            throw new IllegalArgumentException("the setting is " + kind + ", not \"" + value + "\"", e);
        } catch (UnsupportedOperationException | IllegalStateException e) {
            throw new IllegalArgumentException("the setting cannot be given here; change it in KNIME", e);
        }
    }

    /**
     * @param tree settings; not changed
     * @param defaults settings that it may lack
     * @return the settings in the order of the defaults, those that the defaults lack last; a list counts as one
     *     setting
     */
    public static NodeSettings withDefaults(NodeSettings tree, NodeSettings defaults) {
        NodeSettings complete = new NodeSettings(tree.getKey());
        for (String key : defaults.keySet()) {
            AbstractConfigEntry own = tree.getEntry(key);
            AbstractConfigEntry other = defaults.getEntry(key);
            if (own instanceof NodeSettings ownGroup && other instanceof NodeSettings group && !isArray(group)) {
                complete.addNodeSettings(withDefaults(ownGroup, group));
            } else {
                complete.addEntry(own == null ? other : own);
            }
        }
        for (String key : tree.keySet()) {
            if (!defaults.keySet().contains(key)) {
                complete.addEntry(tree.getEntry(key));
            }
        }
        return complete;
    }

    private static NodeSettings parent(NodeSettings tree, String path) {
        NodeSettings parent = tree;
        String[] keys = path.split("/");
        for (int i = 0; i < keys.length - 1; i++) {
            parent = (NodeSettings) parent.getEntry(keys[i]);
        }
        return parent;
    }

    private static String lastKey(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean isArray(NodeSettings group) {
        return group.getEntry(ARRAY_SIZE) != null && !(group.getEntry("0") instanceof NodeSettings);
    }
}
