package org.realm4knime.engine.problem;

import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.problem.file.FileRecord;
import org.realm4knime.engine.problem.file.FileRecord.Field;
import org.realm4knime.engine.problem.file.ReadNotes;

/**
 * How a file gives the places of right choices. One record cannot tell whether 1 is the first choice or the second; all
 * of them can, as a 0 or the number of choices itself occurs.
 */
final class ChoicePlaces {

    private FileRecord zero;
    private FileRecord last;
    private long numbers;
    private long texts;
    private boolean numbered;

    /** Looks at an answer, to see what the file's numbers mean. */
    void look(FileRecord record, MultipleChoice choices, Field answer) {
        String text = answer.text();
        if (MultipleChoice.place(text).isEmpty() || choices.hasLabel(text)) {
            return;
        }
        int place = MultipleChoice.place(text).getAsInt();
        numbers++;
        texts += !answer.value().isNumber() && choices.hasText(text) ? 1 : 0;
        numbered |= choices.labels().get(0).equals("1");
        if (place == 0) {
            zero = record;
        } else if (place == choices.texts().size()) {
            last = record;
        }
    }

    /**
     * Decides, when all records were looked at.
     *
     * @throws EngineException if the numbers of some records count from 0 and those of others from 1
     */
    void decide(ReadNotes notes) {
        if (!counts()) {
            return;
        }
        if (zero != null && last != null) {
            throw last.error(("the answer is the number of choices, so that places are counted from 1, but %s has the"
                            + " place 0. Give the answers as letters.")
                    .formatted(zero.place()));
        }
        if (zero == null && last == null) {
            notes.add("The answers are numbers of choices, and none of them tells whether the first choice is 0 or 1."
                    + " They were counted from " + first()
                    + ". If that is wrong, give the answers as letters.");
        }
    }

    /** Whether numbers are places, rather than the texts of choices. */
    boolean counts() {
        return texts < numbers;
    }

    /** The number of the first choice. */
    int first() {
        return last != null || zero == null && numbered ? 1 : 0;
    }
}
