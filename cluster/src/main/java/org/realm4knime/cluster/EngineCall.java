package org.realm4knime.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * What an executor is sent: the bytes of a task go to the engine, which knows nothing of Spark.
 *
 * @param jars names of the engine's jars among the files of the application
 * @param shared what the task may ask for
 */
record EngineCall(ArrayList<String> jars, HashMap<String, Broadcast<byte[][]>> shared)
        implements Function<byte[], byte[]> {

    EngineCall(List<String> jars, Map<String, Broadcast<byte[][]>> shared) {
        this(new ArrayList<>(jars), new HashMap<>(shared));
    }

    @Override
    public byte[] call(byte[] task) {
        return EngineProcess.of(jars).work(task, this::fetch);
    }

    private List<byte[]> fetch(String name) {
        Broadcast<byte[][]> there = shared.get(name);
        if (there == null) {
            throw new IllegalStateException(name + " was not shared with the task");
        }
        return List.of(there.value());
    }
}
