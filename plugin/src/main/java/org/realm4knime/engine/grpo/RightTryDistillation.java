package org.realm4knime.engine.grpo;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.grpo.RolloutGroup.Member;
import org.realm4knime.engine.mrpv.SolutionForm;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;
import org.realm4knime.engine.update.RandomStreams;
import org.realm4knime.engine.update.RandomStreams.Purpose;
import org.realm4knime.engine.update.TrainingSequence;

/**
 * Self-distillation policy optimization (SDPO, arXiv 2601.20802): in a group whose prompt showed no help, a try of the
 * model is scored by the model itself with another, right try of the same group in view. With p its distribution
 * without and q with that try, w the internalisation weight and h the share of groups that have a right try,
 *
 * <pre>loss = w h mean over the tries' tokens (- sum of q log p);</pre>
 *
 * q is not trained. Nothing is sampled besides, and no help from outside is needed.
 *
 * <p>Departures: SDPO tells its teacher to solve the problem anew, and gives it the feedback of the environment. A
 * small model knows one way of being shown a solution, that of a route, so it is shown as the only route, after the
 * verdict that it is right where the model learns to judge. Tries that were cut off are left out.
 */
final class RightTryDistillation implements Internalisation {

    /** What the route is called that a right try is shown as. */
    private static final String SOURCE = "own try";

    private final PromptWriter writer;
    private final GrpoSettings settings;
    private final int longest;

    /**
     * Prepares the lessons of a training.
     *
     * @param longest most tokens that the policy reads with a right try in view
     */
    RightTryDistillation(PromptWriter writer, GrpoSettings settings, int longest) {
        this.writer = writer;
        this.settings = settings;
        this.longest = longest;
    }

    @Override
    public Lessons of(List<RolloutGroup> groups, int step, Progress progress) {
        RandomGenerator random = RandomStreams.of(settings.run().seed(), Purpose.INTERNALISATION, step);
        List<TrainingSequence> sequences = new ArrayList<>();
        int used = 0;
        for (RolloutGroup group : groups) {
            List<TrainingSequence> lessons = group.prompt().helped() ? List.of() : lessons(group, random);
            sequences.addAll(lessons);
            used += lessons.isEmpty() ? 0 : 1;
        }
        return Lessons.of(sequences, used / (double) groups.size(), settings);
    }

    @SuppressWarnings("ReferenceEquality") // another try, which may be equal
    private List<TrainingSequence> lessons(RolloutGroup group, RandomGenerator random) {
        List<Member> right = group.tries()
                .filter(member -> teaches(group.prompt().problem(), member))
                .toList();
        List<TrainingSequence> lessons = new ArrayList<>();
        for (Member member : group.tries().toList()) {
            List<Member> others =
                    right.stream().filter(other -> other != member).toList();
            if (!others.isEmpty() && !member.rollout().truncated()) {
                Member shown = others.get(random.nextInt(others.size()));
                int[] ofTeacher =
                        ofTeacher(group.prompt().problem(), shown.reward().solution());
                int[] tokens = member.rollout().tokens();
                if (ofTeacher.length + tokens.length - 1 <= longest) {
                    lessons.add(TrainingSequence.taught(member.rollout().prompt(), tokens, 1)
                            .withTeacher(ofTeacher, 1));
                }
            }
        }
        return lessons;
    }

    private boolean teaches(Problem problem, Member member) {
        String solution = member.reward().solution();
        return member.reward().right()
                && settings.teaching().taught().acceptsSteps(solution)
                && SolutionForm.teachable(writer.format(), problem, List.of(), solution);
    }

    /** What the policy reads as its own teacher. */
    private int[] ofTeacher(Problem problem, String solution) {
        Route route = new Route(problem.id(), SOURCE, 0, solution, problem.answer(), 0, Double.NaN, null);
        List<VerifiedRoute> shown = List.of(new VerifiedRoute(route, true, false, true, 1, 0, "", List.of()));
        TrainingPrompt prompt = writer.showing(problem, shown);
        return settings.reward().process() > 0 ? writer.judged(prompt) : prompt.tokens();
    }
}
