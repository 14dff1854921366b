package org.realm4knime.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The engine's side of the benchmark: reads requests from the standard input and answers each on the standard output,
 * one line of JSON each. A request names its operation in {@code op}; an answer is the operation's result, or {@code
 * error}.
 */
public final class Worker {

    /** Something that the benchmark can ask for. */
    interface Operation {

        /**
         * Does it.
         *
         * @param request what is asked for
         * @return the answer, which Gson writes
         */
        Object run(JsonObject request) throws Exception;
    }

    private static final Gson GSON =
            new GsonBuilder().serializeSpecialFloatingPointValues().create();

    private static final Map<String, Operation> OPERATIONS = Map.ofEntries(
            Map.entry("describe", request -> Limits.describe()),
            Map.entry("matmul", Limits::matmul),
            Map.entry("bandwidth", Limits::bandwidth),
            Map.entry("make-model", Models::make),
            Map.entry("train", Training::measure),
            Map.entry("train-memory", Training::watchMemory),
            Map.entry("generate", Generation::measure),
            Map.entry("generate-memory", Generation::watchMemory),
            Map.entry("greedy", Generation::greedy),
            Map.entry("write-gguf", Gguf::write),
            Map.entry("answer", Gguf::answer),
            Map.entry("grpo", PolicyTraining::measure));

    private Worker() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err); // whatever else prints does not disturb the answers
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            answers.println(GSON.toJson(answer(JsonParser.parseString(line).getAsJsonObject())));
            answers.flush();
        }
    }

    private static Object answer(JsonObject request) {
        try {
            return OPERATIONS.get(request.get("op").getAsString()).run(request);
        } catch (Exception e) {
            e.printStackTrace();
            return Map.of("error", e.toString());
        }
    }
}
