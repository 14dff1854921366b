package org.realm4knime.claims;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What runs on the same data: all arms on the built-in domains, or on one domain out of a folder.
 *
 * @param plan what is compared
 * @param options the command line
 * @param domain the domain; null for the built-in ones
 */
record Suite(Plan plan, Options options, Domain domain) {

    private static final String DATA = "knime://knime.workflow/data/";

    /** One for the built-in domains, or one for each that the command line names. */
    static List<Suite> of(Plan plan, Options options) throws IOException {
        if (options.domains().isEmpty()) {
            return List.of(new Suite(plan, options, null));
        }
        List<Suite> suites = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (Path folder : options.domains()) {
            Domain domain = DomainFolder.open(folder, options.runs().resolve("data"), options.validation());
            if (!names.add(domain.name())) {
                throw new Options.UsageException(
                        "Two domains are called " + domain.name() + "; domain.json gives them names.");
            }
            domain.notes().forEach(note -> System.out.println(domain.name() + ": " + note));
            suites.add(new Suite(plan, options, domain));
        }
        return suites;
    }

    Path data() {
        return domain == null ? options.data() : domain.data();
    }

    Path runs() {
        return domain == null ? options.runs() : options.runs().resolve(domain.name());
    }

    /** Those arms that the domain's files suffice for. */
    List<Plan.Arm> arms(List<Plan.Arm> arms) {
        return arms.stream()
                .filter(arm -> domain != null || !arm.foldersOnly())
                .filter(arm -> missing().stream()
                        .noneMatch(
                                absent -> absent.drop() != null && absent.drop().contains(arm.name())))
                .toList();
    }

    boolean has(Plan.ProblemSet set) {
        return missing().stream().noneMatch(absent -> absent.reader().equals(set.reader()));
    }

    /** The description of an arm's workflow; where a file is missing, one without the nodes that would read it. */
    Path spec(Plan.Arm arm) throws IOException {
        Path spec = options.root().resolve("bench/claims/specs/" + arm.name() + ".json");
        List<Plan.Absent> absent = arm.group() == Plan.Group.PREPARATION
                ? List.of()
                : missing().stream()
                        .filter(each -> each.arms() == null || each.arms().contains(arm.name()))
                        .toList();
        if (absent.isEmpty()) {
            return spec;
        }
        Set<JsonElement> without = new LinkedHashSet<>();
        absent.forEach(each -> without.addAll(each.without() == null ? List.of() : each.without()));
        Set<Integer> nodesGone = without.stream()
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsInt)
                .collect(Collectors.toSet());
        Map<Integer, JsonObject> nodes = new LinkedHashMap<>();
        List<List<Integer>> connections = new ArrayList<>();
        for (Plan.Absent each : absent) {
            if (each.nodes() != null) {
                each.nodes().stream()
                        .filter(node -> !nodesGone.contains(node.get("id").getAsInt()))
                        .forEach(node -> nodes.merge(node.get("id").getAsInt(), node, Suite::bothPorts));
            }
            if (each.connections() != null) {
                each.connections().stream()
                        .filter(ends -> !nodesGone.contains(ends.get(0)) && !nodesGone.contains(ends.get(2)))
                        .forEach(connections::add);
            }
        }
        Map<String, Object> derived = new LinkedHashMap<>();
        derived.put("parts", List.of(spec.toString()));
        derived.put("without", without);
        derived.put("nodes", nodes.values());
        derived.put("connections", connections);
        Path file = Files.createDirectories(runs().resolve("specs")).resolve(arm.name() + ".json");
        return Files.writeString(file, new Gson().toJson(derived));
    }

    /** A node that changes in the ports that two others change. */
    private static JsonObject bothPorts(JsonObject one, JsonObject other) {
        JsonObject both = one.deepCopy();
        other.getAsJsonObject("ports").entrySet().forEach(port -> both.getAsJsonObject("ports")
                .add(port.getKey(), port.getValue()));
        return both;
    }

    private List<Plan.Absent> missing() {
        if (domain == null) {
            return List.of();
        }
        Map<String, String> files = files();
        return plan.domain().absent().stream()
                .filter(absent -> isMissing(files.get(absent.reader())))
                .toList();
    }

    private boolean isMissing(String file) {
        return file.isEmpty() || !domain.has(file);
    }

    private Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>(plan.domain().files());
        if (options.validation()) {
            files.putAll(plan.domain().validation());
        }
        return files;
    }

    /** The settings that make the workflows read the domain. */
    List<String> settings() {
        List<String> settings = new ArrayList<>();
        if (domain != null) {
            files().forEach((reader, file) -> {
                if (!file.isEmpty() && domain.isWritten(file)) {
                    settings.add(reader + "/source=FILE");
                    settings.add(reader + "/path=" + DATA + file);
                    settings.add(reader + "/limit=0");
                }
            });
            plan.domain().settings().forEach((key, value) -> settings.add(key + "=" + value));
            settings.addAll(domain.settings());
        }
        return settings;
    }

    Map<String, String> quickSettings() {
        return domain == null ? Map.of() : plan.domain().quick().settings();
    }
}
