package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.TensorScope;
import org.realm4knime.engine.torch.Torch;

/**
 * Computes what a student learns of a teacher's token distributions: its last states, from which the student's program
 * makes the distributions a part at a time, so that they are never in memory all at once.
 */
final class TeacherStates implements AutoCloseable {

    private final TensorScope scope = new TensorScope();
    private final DecoderProgram program;
    private final List<NDArray> weights;
    private final NDArray head;
    private final NDArray rope;
    private final boolean ownCopy;
    private final boolean live;
    private final DecoderConfig config;
    private final Batcher batcher;

    /**
     * Prepares a teacher.
     *
     * @param teacher who teaches
     * @param student a copy of its weights teaches if it is its own fixed teacher
     * @return null if nobody teaches
     */
    static @Nullable TeacherStates of(Teacher teacher, LanguageModel student) {
        if (teacher instanceof Teacher.Fixed fixed) {
            return new TeacherStates(fixed, student, batcher(fixed.model()));
        }
        return teacher instanceof Teacher.Live own
                ? new TeacherStates(student, own.longest(), false, true, batcher(student))
                : null;
    }

    /** Prepares a teacher that splits what it reads. */
    TeacherStates(Teacher.Fixed teacher, LanguageModel student, Batcher batcher) {
        this(teacher.model(), teacher.longest(), teacher.model() == student, false, batcher);
    }

    private TeacherStates(LanguageModel teacher, int longest, boolean copied, boolean live, Batcher batcher) {
        config = teacher.config();
        program = DecoderProgram.shared(config, ModelUpdater.SOURCES);
        ownCopy = copied;
        this.live = live;
        this.batcher = batcher;
        try {
            weights = ownCopy ? teacher.tensors().stream().map(scope::copy).toList() : teacher.tensors();
            head = weights.get(DecoderProgram.head(config));
            rope = program.rope(scope, longest);
        } catch (RuntimeException | Error e) {
            scope.close();
            throw e;
        }
    }

    private static Batcher batcher(LanguageModel teacher) {
        // the workers of an update may all read at the same time
        int readers = Torch.device().isGpu() ? 1 : Torch.threads();
        return Batcher.forReading(teacher.config(), teacher.tokenizer().padId(), readers);
    }

    /** Whether the student teaches as it is at every moment. */
    boolean live() {
        return live;
    }

    /** Copies of the student's weights that this holds. */
    int copies() {
        return ownCopy ? 1 : 0;
    }

    /** What decides the memory that the teacher needs. */
    MemoryEstimate.Reader reader() {
        return new MemoryEstimate.Reader(config, (int) rope.getShape().get(0), batcher);
    }

    /**
     * The teacher's terms of the loss, as {@code loss.py} names them.
     *
     * @param call owner of the result
     * @param batch sequences of the student
     * @param progress asked between the teacher's micro-batches whether to stop
     * @return share of the teacher's distribution in the loss of each token [n], 0 where it has none; its states [n,
     *     e]; its output projection [V, e]; or empty if it has nothing to say to this batch
     * @throws CanceledJobException if canceled
     */
    Map<String, NDArray> terms(TensorScope call, MicroBatch batch, Progress progress) throws CanceledJobException {
        Map<TrainingSequence, Integer> starts = new IdentityHashMap<>();
        List<TrainingSequence> read = new ArrayList<>();
        int at = 0;
        for (TrainingSequence sequence : batch.sequences()) {
            int end = at + sequence.completion().length;
            if (sequence.teacherPrompt() != null) {
                read.add(sequence.asTeacherReadsIt());
                starts.put(read.get(read.size() - 1), at);
            }
            at = end;
        }
        if (read.isEmpty()) {
            return Map.of();
        }
        NDArray states = call.zeros(batch.tokens(), head.getShape().get(1));
        for (MicroBatch part : batcher.split(read).get(0)) {
            progress.checkCanceled();
            write(part, places(part, starts), states);
        }
        return Map.of(
                "teacher_share", call.floats(batch.teacherShare(), batch.tokens()),
                "teacher_states", states,
                "teacher_head", head);
    }

    private void write(MicroBatch read, long[] places, NDArray states) {
        try (TensorScope call = new TensorScope()) {
            MicroBatch.Tensors tensors = read.tensors(call);
            program.call(
                    call,
                    "teacher_states",
                    weights,
                    tensors.rows(),
                    tensors.positions(),
                    call.longs(places, places.length),
                    states,
                    rope);
        }
    }

    /** Where the tokens that the teacher reads are among those of the student's batch. */
    private static long[] places(MicroBatch read, Map<TrainingSequence, Integer> starts) {
        return read.sequences().stream()
                .flatMapToLong(sequence -> {
                    int start = Objects.requireNonNull(starts.get(sequence));
                    return LongStream.range(start, start + sequence.completion().length);
                })
                .toArray();
    }

    @Override
    public void close() {
        scope.close();
    }
}
