package org.realm4knime.nodes.table;

import org.realm4knime.engine.distill.LearnedRule;
import org.realm4knime.engine.distill.Rationale;
import org.realm4knime.engine.train.LogRow;
import org.realm4knime.engine.train.LoggedCompletion;

/** The tables that training writes. */
public final class TrainingTables {

    /** Name of the column with the step's number, from 1. */
    public static final String STEP = "step";

    /** The log: a row a step. Figures that do not apply are missing. */
    public static final TableSchema<LogRow> LOG = TableSchema.<LogRow>builder()
            .integer(STEP, LogRow::step)
            .number("loss", LogRow::loss)
            .number("reward", LogRow::reward)
            .number("outcome reward", LogRow::outcomeReward)
            .number("process reward", LogRow::processReward)
            .number("format reward", LogRow::formatReward)
            .number("reward guided", LogRow::rewardGuided)
            .number("reward unguided", LogRow::rewardUnguided)
            .number("guidance", LogRow::guidance)
            .number("routes shown", LogRow::routesShown)
            .number("rules shown", LogRow::rulesShown)
            .number("guided share", LogRow::guidedShare)
            .number("external routes", LogRow::externalRoutes)
            .number("zero variance share", LogRow::zeroVarianceShare)
            .number("truncated share", LogRow::truncatedShare)
            .number("flawed share", LogRow::flawedShare)
            .number("completion length", LogRow::completionLength)
            .number("kl", LogRow::kl)
            .number("step kl", LogRow::stepKl)
            .number("entropy", LogRow::entropy)
            .number("gradient norm", LogRow::gradientNorm)
            .number("clip share", LogRow::clipShare)
            .number("learning rate", LogRow::learningRate)
            .number("internalisation loss", LogRow::internalisationLoss)
            .number("contrast loss", LogRow::contrastLoss)
            .number("held-out accuracy", LogRow::heldOut)
            .number("held-out low", LogRow::heldOutLow)
            .number("held-out high", LogRow::heldOutHigh)
            .number("tokens per second", LogRow::tokensPerSecond)
            .count("samples drawn", row -> row.spent().samplesDrawn())
            .count("tokens generated", row -> row.spent().tokensGenerated())
            .count("tokens trained", row -> row.spent().tokensTrained())
            .build();

    /** A sample of the completions that were trained on, for a person to read. */
    public static final TableSchema<LoggedCompletion> COMPLETIONS = TableSchema.<LoggedCompletion>builder()
            .integer(STEP, LoggedCompletion::step)
            .text("problem id", LoggedCompletion::problemId)
            .text("prompt", LoggedCompletion::prompt)
            .text("completion", LoggedCompletion::completion)
            .text("reference", LoggedCompletion::reference)
            .number("outcome", LoggedCompletion::outcome)
            .number("process", LoggedCompletion::process)
            .number("format", LoggedCompletion::format)
            .number("reward", LoggedCompletion::reward)
            .number("advantage", LoggedCompletion::advantage)
            .integer("routes shown", LoggedCompletion::routesShown)
            .text("flaw", LoggedCompletion::flaw)
            .bool("cut off", LoggedCompletion::truncated)
            .build();

    /** The rationales that guided distillation accepted and trained on; also training examples for another student. */
    public static final TableSchema<Rationale> RATIONALES = TableSchema.<Rationale>builder()
            .text("problem id", Rationale::problemId)
            .text("prompt", Rationale::prompt)
            .text("completion", Rationale::text)
            .text("answer", Rationale::answer)
            .text("cited rules", rationale -> String.join(", ", rationale.citedRules()))
            .bool("hinted", Rationale::hinted)
            .build();

    /** What a student knew of each rule before and after guided distillation. */
    public static final TableSchema<LearnedRule> LEARNED_RULES = TableSchema.<LearnedRule>builder()
            .text("id", learned -> learned.rule().id())
            .text("text", learned -> learned.rule().text())
            .text("applies to", learned -> learned.rule().appliesTo())
            .integer("problems", LearnedRule::problems)
            .number("accuracy before", LearnedRule::before)
            .number("accuracy after", LearnedRule::after)
            .build();

    private TrainingTables() {}
}
