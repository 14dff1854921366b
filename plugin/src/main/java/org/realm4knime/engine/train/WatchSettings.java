package org.realm4knime.engine.train;

import org.realm4knime.engine.Settings;

/**
 * How a training watches itself on problems that it does not train on, answered greedily and without help.
 *
 * @param everySteps steps from one look at the held-out problems to the next; 0 switches the watch off
 * @param heldOutShare share of the problems that is held out where none are given, in [0, 1); 0 holds none out
 * @param rollbacks how often a training that goes wrong goes back to its best weights, with a third of the learning
 *     rate, before it stops with them; at least 0
 * @param patience share of the steps without guidance and without any gain after which the training stops, in [0, 1]; 0
 *     never stops
 * @param keepBest whether the weights that did best on the held-out problems come out; else the last ones
 */
public record WatchSettings(int everySteps, double heldOutShare, int rollbacks, double patience, boolean keepBest) {

    /** A look every ten steps at a fifth of the problems; two rollbacks; the best weights come out. */
    public static final WatchSettings DEFAULT = new WatchSettings(10, 0.2, 2, 0.5, true);

    /** No watch: nothing is held out, and the last weights come out. */
    public static final WatchSettings OFF = new WatchSettings(0, 0, 0, 0, false);

    /** Checks the values. */
    public WatchSettings {
        Settings.requireAtLeast(0, everySteps, "Steps between looks at the held-out problems");
        Settings.require(heldOutShare >= 0 && heldOutShare < 1, "Held-out share", heldOutShare, "from 0 to below 1");
        Settings.requireAtLeast(0, rollbacks, "Returns to the best weights");
        Settings.requireShare(patience, "Patience");
    }
}
