import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.realm4knime.engine.problem.DatasetFormat;
import org.realm4knime.engine.problem.DatasetFormat.FieldNames;
import org.realm4knime.engine.problem.DatasetFormat.Layout;
import org.realm4knime.engine.problem.DatasetReader;

/**
 * Reads a file of problems of a number of rows, and prints the seconds of processor time and the memory that they took.
 */
final class Rows {

    private Rows() {}

    public static void main(String[] arguments) throws IOException {
        int rows = Integer.parseInt(arguments[0]);
        Path file = Path.of(arguments[1]).resolve("rows." + arguments[2]);
        boolean csv = arguments[2].equals("csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(csv ? "id,question,answer\n" : "");
            for (int i = 0; i < rows; i++) {
                String question = "A shop sells " + i + " boxes with 12 eggs each. How many eggs are that?";
                out.write((csv ? "%d,\"%s\",%d%n" : "{\"id\":\"%d\",\"question\":\"%s\",\"answer\":%d}%n")
                        .formatted(i, question, 12L * i));
            }
        }
        long begin = processorTime();
        int read = DatasetReader.read(file, new DatasetFormat(Layout.GUESS, FieldNames.guessed()))
                .rows()
                .size();
        double seconds = (processorTime() - begin) / 1e9;
        List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
        String peak = status.stream().filter(line -> line.startsWith("VmHWM")).findFirst().orElse("VmHWM: 0 kB");
        long megabytes = Long.parseLong(peak.replaceAll("\\D", "")) / 1024;
        System.out.printf("%s %d %.2f %d %d%n", arguments[2], read, seconds, megabytes, Files.size(file) >> 20);
        Files.delete(file);
    }

    private static long processorTime() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
