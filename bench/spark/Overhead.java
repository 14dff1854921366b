import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.realm4knime.cluster.SparkCluster;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.spread.Machines;
import org.realm4knime.engine.spread.Spread;
import org.realm4knime.engine.spread.Task;
import org.realm4knime.engine.spread.Workplace;

/** What a step costs in which nothing is computed: bytes are shared with all executors, and come back from each. */
public final class Overhead {

    private static final int WARM = 10;
    private static final int MEASURED = 30;

    private Overhead() {}

    /** Reads what was shared, and gives as much back. */
    record Echo(String shared, int bytes) implements Task<Echo.Answer> {

        record Answer(byte[] bytes) implements Serializable {}

        @Override
        public Answer run(Workplace at) {
            byte[] back = new byte[bytes];
            if (bytes > 0) {
                System.arraycopy(at.shared(shared).get(0), 0, back, 0, bytes);
            }
            return new Answer(back);
        }
    }

    /** @param arguments master, jars of the engine with a comma between them, megabytes to measure */
    public static void main(String[] arguments) throws Exception {
        List<Path> engine = jars(arguments[1].split(","));
        Map<String, String> settings = new HashMap<>(
                Map.of("spark.master", arguments[0], "spark.app.name", "overhead", "spark.ui.enabled", "false"));
        Stream.of(System.getProperty("settings", "").split(",")).filter(s -> !s.isEmpty()).forEach(setting -> {
            settings.put(setting.split("=")[0], setting.split("=")[1]);
        });
        try (Machines machines = new SparkCluster().start(settings, engine)) {
            System.out.println("\n| each way, MB | executors | median, ms | lowest | highest |\n|---|---|---|---|---|");
            for (String megabytes : Arrays.copyOfRange(arguments, 2, arguments.length)) {
                measure(machines, Double.parseDouble(megabytes));
            }
        }
    }

    private static void measure(Machines machines, double megabytes) throws Exception {
        byte[] values = new byte[(int) (megabytes * 1e6)];
        new Random(1).nextBytes(values);
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < WARM + MEASURED; i++) {
            long start = System.nanoTime();
            String name = "values-" + megabytes + "-" + i;
            machines.share(name, List.of(values));
            List<Echo> tasks = Collections.nCopies(machines.places(), new Echo(name, values.length));
            Spread.run(machines, tasks, List.of(name), Progress.silent());
            machines.forget(name);
            if (i >= WARM) {
                times.add((System.nanoTime() - start) / 1e6);
            }
        }
        Collections.sort(times);
        System.out.printf(
                "| %.1f | %d | %.0f | %.0f | %.0f |%n",
                megabytes, machines.places(), times.get(MEASURED / 2), times.get(0), times.get(MEASURED - 1));
    }

    private static List<Path> jars(String[] entries) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String entry : entries) {
            if (Files.isDirectory(Path.of(entry))) {
                try (Stream<Path> files = Files.list(Path.of(entry))) {
                    files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
                }
            } else {
                jars.add(Path.of(entry));
            }
        }
        return jars;
    }
}
