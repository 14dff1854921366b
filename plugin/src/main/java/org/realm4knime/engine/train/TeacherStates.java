package org.realm4knime.engine.train;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.TensorScope;

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
    private final int padId;
    private final float share;
    private final int copies;

    /**
     * Prepares a teacher.
     *
     * @param distribution the teacher and its share of the loss
     * @param student a copy of its weights teaches if it is its own teacher
     * @param longest most tokens that the teacher reads at once
     */
    TeacherStates(TeacherDistribution distribution, LanguageModel student, int longest) {
        LanguageModel teacher = distribution.teacher();
        program = DecoderProgram.shared(teacher.config(), ModelUpdater.SOURCES);
        copies = teacher == student ? 1 : 0;
        weights =
                teacher == student ? teacher.tensors().stream().map(scope::copy).toList() : teacher.tensors();
        // a handle of its own: a call notes an argument's position in the tensor itself, and calls run side by side
        NDArray projection = weights.get(DecoderProgram.head(teacher.config()));
        head = scope.keep(projection.reshape(projection.getShape()));
        rope = program.rope(scope, longest);
        padId = teacher.tokenizer().padId();
        share = (float) distribution.share();
    }

    /** Copies of the student's weights that this holds. */
    int copies() {
        return copies;
    }

    /**
     * What {@code loss.py} needs of the teacher.
     *
     * @param call owner of the result
     * @param batch sequences of the student
     * @return share of the teacher's distribution in the loss of each token [n], 0 where it has none; its states [n, e]; its
     *     output projection [V, e]; or empty if it has nothing to say to this batch
     */
    List<NDArray> objective(TensorScope call, MicroBatch batch) {
        List<TrainingSequence> taught = batch.sequences().stream()
                .filter(sequence -> sequence.teacherPrompt() != null)
                .toList();
        if (taught.isEmpty()) {
            return List.of();
        }
        MicroBatch read = MicroBatch.plain(
                taught.stream().map(TrainingSequence::asTeacherReadsIt).toList(), padId);
        long[] places = places(batch, read.tokens());
        float[] shares = new float[batch.tokens()];
        Arrays.stream(places).forEach(place -> shares[(int) place] = share);
        NDArray shareOfTokens = call.floats(shares, batch.tokens());
        NDArray states = program.call(
                        call,
                        "teacher_states",
                        weights,
                        List.of(call.longs(
                                read.inputs().get(0).values(),
                                read.inputs().get(0).shape())),
                        call.longs(read.positions(), read.tokens()),
                        call.longs(places, read.tokens()),
                        shareOfTokens,
                        rope)
                .get(0);
        return List.of(shareOfTokens, states, head);
    }

    /** Where the tokens that the teacher knows are among those of the batch. */
    private static long[] places(MicroBatch batch, int count) {
        long[] places = new long[count];
        int known = 0;
        int at = 0;
        for (TrainingSequence sequence : batch.sequences()) {
            for (int end = at + sequence.completion().length; at < end; at++) {
                if (sequence.teacherPrompt() != null) {
                    places[known++] = at;
                }
            }
        }
        return places;
    }

    @Override
    public void close() {
        scope.close();
    }
}
