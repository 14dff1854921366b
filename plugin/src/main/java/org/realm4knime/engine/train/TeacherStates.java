package org.realm4knime.engine.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.TensorScope;
import org.realm4knime.engine.torch.Torch;

/**
 * Computes what a student learns of a teacher's token distributions: its last states, from which the student's program makes
 * the distributions a part at a time, so that they are never in memory all at once.
 */
final class TeacherStates implements AutoCloseable {

    private final TensorScope scope = new TensorScope();
    private final DecoderProgram program;
    private final List<NDArray> weights;
    private final NDArray head;
    private final NDArray rope;
    private final float share;
    private final boolean ownCopy;
    private final DecoderConfig config;
    private final Batcher batcher;

    /**
     * Prepares a teacher.
     *
     * @param distribution the teacher and its share of the loss
     * @param student a copy of its weights teaches if it is its own teacher
     * @param longest most tokens that the teacher reads before and of a completion
     */
    TeacherStates(TeacherDistribution distribution, LanguageModel student, int longest) {
        this(distribution, student, longest, batcher(distribution.teacher()));
    }

    /** Prepares a teacher that splits what it reads. */
    TeacherStates(TeacherDistribution distribution, LanguageModel student, int longest, Batcher batcher) {
        this(distribution.teacher(), distribution.share(), distribution.teacher() == student, longest, batcher);
    }

    /**
     * A model that teaches itself as it is at every moment: it is not copied, and its distributions alone are learned.
     *
     * @param model the student and teacher
     * @param longest most tokens that it reads as a teacher
     */
    static TeacherStates live(LanguageModel model, int longest) {
        return new TeacherStates(model, 1, false, longest, batcher(model));
    }

    private TeacherStates(LanguageModel teacher, double share, boolean copied, int longest, Batcher batcher) {
        config = teacher.config();
        program = DecoderProgram.shared(config, ModelUpdater.SOURCES);
        ownCopy = copied;
        this.share = (float) share;
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
     * @return share of the teacher's distribution in the loss of each token [n], 0 where it has none; its states [n, e]; its
     *     output projection [V, e]; or nothing if it has nothing to say to this batch
     * @throws CanceledJobException if canceled
     */
    Map<String, NDArray> terms(TensorScope call, MicroBatch batch, Progress progress) throws CanceledJobException {
        Map<TrainingSequence, Integer> starts = new IdentityHashMap<>();
        List<TrainingSequence> read = new ArrayList<>();
        float[] shares = new float[batch.tokens()];
        int at = 0;
        for (TrainingSequence sequence : batch.sequences()) {
            int end = at + sequence.completion().length;
            if (sequence.teacherPrompt() != null) {
                read.add(sequence.asTeacherReadsIt());
                starts.put(read.get(read.size() - 1), at);
                Arrays.fill(shares, at, end, share);
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
                "teacher_share", call.floats(shares, batch.tokens()), "teacher_states", states, "teacher_head", head);
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
                .flatMapToLong(sequence ->
                        LongStream.range(0, sequence.completion().length).map(i -> starts.get(sequence) + i))
                .toArray();
    }

    @Override
    public void close() {
        scope.close();
    }
}
