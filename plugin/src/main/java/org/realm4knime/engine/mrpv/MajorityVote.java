package org.realm4knime.engine.mrpv;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.realm4knime.engine.answer.AnswerChecker;

/**
 * The answer that routes agree on most, by the sum of their weights.
 *
 * @param answer the answer in the form in which it was first given
 * @param weight sum of the weights of the routes that gave it
 * @param total sum of the weights of all routes with an answer
 */
record MajorityVote(String answer, double weight, double total) {

    /**
     * A vote.
     *
     * @param answer what the route answered
     * @param weight how much it counts, at least 0
     */
    record Ballot(String answer, double weight) {}

    /**
     * Counts the votes.
     *
     * @param ballots the votes
     * @param checker says which answers are the same
     * @return the winner; of several with the same weight the one given first; empty if there are no votes
     */
    static Optional<MajorityVote> of(List<Ballot> ballots, AnswerChecker checker) {
        List<MajorityVote> groups = new ArrayList<>();
        double total = ballots.stream().mapToDouble(Ballot::weight).sum();
        for (Ballot ballot : ballots) {
            int group = 0;
            while (group < groups.size()
                    && !checker.matches(ballot.answer(), groups.get(group).answer())) {
                group++;
            }
            if (group == groups.size()) {
                groups.add(new MajorityVote(ballot.answer(), 0, total));
            }
            MajorityVote vote = groups.get(group);
            groups.set(group, new MajorityVote(vote.answer(), vote.weight() + ballot.weight(), total));
        }
        return groups.stream().reduce((best, next) -> next.weight() > best.weight() ? next : best);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%.1f of %.1f votes)", answer, weight, total);
    }
}
