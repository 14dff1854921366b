package org.realm4knime.samples.domain;

/**
 * A text to pretrain a model on.
 *
 * @param prompt what the model is given
 * @param completion what it is to say
 */
public record TrainingText(String prompt, String completion) {}
