package org.realm4knime.claims;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The workflows of the arms, written from their descriptions, and the settings that a run changes in them. */
final class Workflows {

    private static final Pattern LABEL = Pattern.compile("<entry key=\"text\" type=\"xstring\" value=\"([^\"]*)\"");

    private final Plan plan;
    private final Options options;
    private final Suite suite;
    private final Realm realm;
    private final String digest;

    Workflows(Plan plan, Options options, Suite suite, Realm realm) throws IOException {
        this.plan = plan;
        this.options = options;
        this.suite = suite;
        this.realm = realm;
        if (!Files.isDirectory(suite.data())) {
            throw new Options.UsageException("There is no folder " + suite.data() + "; name one with --data.");
        }
        digest = digest(suite.data())
                + digest(options.root().resolve("plugin/src/main"))
                + digest(options.root().resolve("samples/src/main"))
                + digest(options.root().resolve("nodes/src/main"));
    }

    Path folder(Plan.Arm arm) {
        return suite.runs().resolve("workflows").resolve(arm.name());
    }

    /** Writes an arm's workflow, with the data beside it. */
    void write(Plan.Arm arm) throws IOException, InterruptedException {
        realm.write(suite.spec(arm), folder(arm), suite.data());
    }

    /** The settings that a task changes, as {@code --set} takes them. */
    List<String> settings(Task task) throws IOException {
        List<String> names = nodeNames(task.arm());
        List<String> settings = new ArrayList<>();
        plan.seeded().forEach((node, key) -> add(node + "/" + key + "=" + task.seed(), names, settings));
        for (Plan.Model model : plan.models()) {
            add(model.reader() + "/path=" + place(model, task.seed()), names, settings);
        }
        suite.settings().forEach(setting -> add(setting, names, settings));
        if (options.validation() && options.domains().isEmpty()) {
            plan.validation().forEach((key, value) -> add(key + "=" + value, names, settings));
        }
        if (options.quick()) {
            plan.quick().settings().forEach((key, value) -> add(key + "=" + value, names, settings));
            suite.quickSettings().forEach((key, value) -> add(key + "=" + value, names, settings));
        }
        options.settings().forEach(setting -> add(setting, names, settings));
        return settings;
    }

    /** Where a model lies: in the data, or where its preparation leaves it. */
    private Path place(Plan.Model model, int seed) {
        Path given = given(model, seed);
        if (Files.isDirectory(given)) {
            return given;
        }
        Plan.Arm arm = plan.arms().stream()
                .filter(other -> other.name().equals(model.arm()))
                .findFirst()
                .orElseThrow();
        return Task.of(arm, seed, suite.runs()).folder().resolve(model.path());
    }

    private Path given(Plan.Model model, int seed) {
        return suite.data().resolve(model.file().replace("%d", String.valueOf(seed)));
    }

    /** Whether all models that a preparation makes lie in the data folder already. */
    boolean isGiven(Task preparation) {
        return plan.models().stream()
                .filter(model -> model.arm().equals(preparation.arm().name()))
                .allMatch(model -> Files.isDirectory(given(model, preparation.seed())));
    }

    private static void add(String setting, List<String> names, List<String> settings) {
        if (names.contains(setting.substring(0, setting.indexOf('/')))) {
            settings.add(setting);
        }
    }

    /**
     * Names and labels of the nodes: a saved workflow has a folder a node, with its name, and the label in the
     * settings.
     */
    private List<String> nodeNames(Plan.Arm arm) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> nodes = Files.list(folder(arm))) {
            for (Path node : nodes.filter(n -> n.getFileName().toString().contains(" (#"))
                    .toList()) {
                String folder = node.getFileName().toString();
                names.add(folder.substring(0, folder.lastIndexOf(" (#")));
                LABEL.matcher(Files.readString(node.resolve("settings.xml")))
                        .results()
                        .forEach(found -> names.add(found.group(1)));
            }
        }
        return names;
    }

    /** What the result of a task depends on: workflow, settings, data and the program. */
    String fingerprint(Task task) throws IOException {
        return digest(folder(task.arm())) + digest + settings(task);
    }

    /** Digest of all files in a folder; links in it are not followed. */
    private static String digest(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new))) {
                digest.update(folder.relativize(file).toString().getBytes());
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
