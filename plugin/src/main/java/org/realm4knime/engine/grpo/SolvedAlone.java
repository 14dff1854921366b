package org.realm4knime.engine.grpo;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.WholeFile;
import org.realm4knime.engine.train.CheckpointStore;

/** How far the model solves each problem without help, by its last tries. */
final class SolvedAlone implements CheckpointStore.Part {

    private static final String FILE = "solved-alone.json";
    private static final Gson GSON = new Gson();

    private final boolean counts;
    private final Map<String, Double> shares = new TreeMap<>();

    /** @param need whether guidance depends on it */
    SolvedAlone(GuidanceNeed need) {
        counts = need == GuidanceNeed.UNSOLVED;
    }

    /**
     * Has every problem answered once without help, unless a checkpoint says how it was.
     *
     * @param problems the problems of the training
     */
    void begin(HeldOutProblems problems, Progress progress) throws CanceledJobException {
        if (counts && shares.isEmpty()) {
            boolean[] right = problems.alone(progress);
            for (int i = 0; i < right.length; i++) {
                shares.put(problems.id(i), right[i] ? 1.0 : 0.0);
            }
        }
    }

    /** Takes note of the groups of a step whose prompts showed no help. */
    void observe(List<RolloutGroup> groups) {
        groups.stream().filter(group -> counts && !group.prompt().helped()).forEach(group -> {
            double right =
                    group.tries().filter(member -> member.reward().right()).count();
            shares.put(group.prompt().problem().id(), right / group.size());
        });
    }

    /**
     * The rate at which a problem is guided.
     *
     * @param problemId its id
     * @param scheduled rate of the schedule, in [0, 1]
     * @return at most that rate
     */
    double rate(String problemId, double scheduled) {
        return scheduled * (1 - (counts ? shares.getOrDefault(problemId, 0.0) : 0));
    }

    @Override
    public void write(Path checkpoint) throws IOException {
        if (counts) {
            WholeFile.write(checkpoint.resolve(FILE), GSON.toJson(shares));
        }
    }

    @Override
    public void read(Path checkpoint) throws IOException {
        if (counts) {
            try {
                Map<String, Double> read = GSON.fromJson(
                        Files.readString(checkpoint.resolve(FILE)), new TypeToken<Map<String, Double>>() {});
                shares.putAll(read == null ? Map.of() : read);
            } catch (JsonParseException e) {
                throw new IOException(FILE + " cannot be read", e);
            }
        }
    }
}
