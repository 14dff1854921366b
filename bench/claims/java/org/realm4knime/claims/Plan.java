package org.realm4knime.claims;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is compared, from plan.json.
 *
 * @param seeds number of seeds; they are 1, 2, ...
 * @param sets sets of problems that every arm is measured on
 * @param arms the methods, each a workflow in specs/
 * @param votes rows of the benchmark that stand for a method without a model, with their group
 * @param models models that workflows read and preparations make
 * @param seeded the parameter that takes the seed, by name of the node
 * @param recordedRoutes tables of routes that were not drawn but read
 * @param validation settings that put validation splits in the place of the others
 * @param domain what a domain out of a folder changes
 * @param quick what a quick look changes
 */
record Plan(
        int seeds,
        List<ProblemSet> sets,
        List<Arm> arms,
        Map<String, Group> votes,
        List<Model> models,
        Map<String, String> seeded,
        List<String> recordedRoutes,
        Map<String, String> validation,
        DomainChanges domain,
        Quick quick) {

    /** What an arm is in the comparison. */
    enum Group {
        /** Makes models that others read; is not measured. */
        PREPARATION,
        /** The model that all start from. */
        START,
        /** The method. */
        METHOD,
        /** The method in another mode. */
        VARIANT,
        /** The method without a part. */
        ABLATION,
        /** What it is compared with. */
        BASELINE,
        /** What no choice among routes can exceed. */
        CEILING
    }

    /**
     * A set of problems.
     *
     * @param name its name in tables
     * @param problems table with its problems
     * @param predictions table with a model's answers
     * @param reader label of the node that reads the problems
     */
    record ProblemSet(String name, String problems, String predictions, String reader) {}

    /**
     * A method.
     *
     * @param name of its description in specs/ and of its folders
     * @param title in tables
     * @param group what it is in the comparison
     * @param after arms that run before it, as it reads their models or shares their results
     * @param once whether one run serves all seeds
     * @param foldersOnly whether it needs files that are made for domains out of a folder alone
     */
    record Arm(String name, String title, Group group, List<String> after, boolean once, boolean foldersOnly) {}

    /**
     * A model that workflows read.
     *
     * @param reader label of the node that reads it
     * @param arm preparation that makes it
     * @param path where that leaves it in its results
     * @param file where it lies in the data folder if it need not be made; {@code %d} is the seed
     */
    record Model(String reader, String arm, String path, String file) {}

    /**
     * A quick look.
     *
     * @param seeds number of seeds
     * @param settings values of settings, where a workflow has such a node
     */
    record Quick(int seeds, Map<String, String> settings) {}

    /**
     * How the workflows, which are written for the built-in domains, come to read a domain out of a folder.
     *
     * @param files files of the domain, by label of the node that reads them
     * @param validation other files where settings are to be chosen; an empty name stands for none
     * @param settings values of settings, where a workflow has such a node
     * @param absent what goes from the workflows where a file is missing
     * @param quick what a quick look changes further
     */
    record DomainChanges(
            Map<String, String> files,
            Map<String, String> validation,
            Map<String, String> settings,
            List<Absent> absent,
            Quick quick) {}

    /**
     * What a missing file changes in the description of a workflow.
     *
     * @param reader label of the node that would read the file
     * @param drop arms that cannot be without it; null for none
     * @param arms arms that change; null for all that are left
     * @param without nodes and connections that go, as descriptions of workflows name them; null for none
     * @param nodes nodes that change; null for none
     * @param connections connections to add; null for none
     */
    record Absent(
            String reader,
            List<String> drop,
            List<String> arms,
            List<JsonElement> without,
            List<JsonObject> nodes,
            List<List<Integer>> connections) {}

    static Plan read(Path file) throws IOException {
        return new Gson().fromJson(Files.readString(file), Plan.class);
    }
}
