import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.realm4knime.headless.cli.RealmCommand;

/** Runs a workflow again and again in one process, as the command line does, and writes down what the process holds. */
public final class Soak {

    private static final double MEGABYTE = 1e6;

    private Soak() {}

    /** @param arguments the workflow, the results folder, the table to write, minutes */
    public static void main(String[] arguments) throws IOException {
        String[] run = {"run", arguments[0], "--out", arguments[1], "--restart", "--threads", "1"};
        long begin = System.nanoTime();
        double minutes = 0;
        PrintStream console = System.out;
        try (Writer table = Files.newBufferedWriter(Path.of(arguments[2]))) {
            table.write("minutes,round,resident MB,heap MB,heap reserved MB,threads,open files,temporary files\n");
            for (int round = 1; minutes < Double.parseDouble(arguments[3]); round++) {
                System.setOut(new PrintStream(OutputStream.nullOutputStream()));
                int code = RealmCommand.execute(run);
                System.setOut(console);
                if (code != 0) {
                    console.println("round " + round + " ended with exit code " + code);
                    System.exit(1);
                }
                System.gc();
                minutes = (System.nanoTime() - begin) / 6e10;
                String row = row(minutes, round);
                table.write(row);
                table.flush();
                console.print(row);
            }
        }
        System.exit(0);
    }

    private static String row(double minutes, int round) throws IOException {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return String.format(
                Locale.ROOT,
                "%.2f,%d,%.1f,%.1f,%.1f,%d,%d,%d%n",
                minutes,
                round,
                resident() / MEGABYTE,
                heap.getUsed() / MEGABYTE,
                heap.getCommitted() / MEGABYTE,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                entries(Path.of("/proc/self/fd")),
                files(Path.of(System.getProperty("java.io.tmpdir"))));
    }

    private static double resident() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile).count();
        }
    }
}
