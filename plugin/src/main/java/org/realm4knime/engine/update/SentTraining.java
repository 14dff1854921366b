package org.realm4knime.engine.update;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.ModelParcel;
import org.realm4knime.engine.spread.Machines;
import org.realm4knime.engine.spread.Workplace;

/**
 * A training as machines are told of it, before its first step.
 *
 * @param id stands for this training alone
 * @param model the model as it is before the training
 * @param settings how to train
 * @param work what decides the memory
 * @param teacher whose distributions are learned
 */
record SentTraining(String id, ModelParcel model, WorkerSettings settings, Workload work, SentTeacher teacher)
        implements Serializable {

    /** Purpose under which models are shared, so that those of questions and of trainings do not share their ends. */
    private static final String PURPOSE = "trained";

    /**
     * A teacher, see {@link Teacher}.
     *
     * @param model a fixed teacher's; null for the model in training, or for no teacher
     * @param longest most tokens that it reads; 0 for no teacher
     * @param live whether it is the model in training as it is when it is asked
     */
    record SentTeacher(@Nullable ModelParcel model, int longest, boolean live) implements Serializable {

        static SentTeacher share(Machines machines, Teacher teacher, LanguageModel student, Progress progress)
                throws CanceledJobException {
            if (teacher instanceof Teacher.Fixed fixed) {
                ModelParcel own =
                        fixed.model() == student ? null : ModelParcel.share(machines, fixed.model(), PURPOSE, progress);
                return new SentTeacher(own, fixed.longest(), false);
            }
            return teacher instanceof Teacher.Live own
                    ? new SentTeacher(null, own.longest(), true)
                    : new SentTeacher(null, 0, false);
        }

        Teacher open(LanguageModel student, @Nullable LanguageModel own) {
            if (longest == 0) {
                return new Teacher.None();
            }
            return live ? new Teacher.Live(longest) : new Teacher.Fixed(own == null ? student : own, longest);
        }
    }

    static SentTraining share(
            Machines machines,
            LanguageModel model,
            WorkerSettings settings,
            Workload work,
            Teacher teacher,
            Progress progress)
            throws CanceledJobException {
        ModelParcel parcel = ModelParcel.share(machines, model, PURPOSE, progress);
        SentTeacher sent;
        try {
            sent = SentTeacher.share(machines, teacher, model, progress);
        } catch (CanceledJobException | RuntimeException | Error e) {
            machines.forget(parcel.name());
            throw e;
        }
        // two trainings of one model may differ in anything that is sent beside it
        String id = parcel.name() + "-" + Long.toHexString(System.nanoTime());
        return new SentTraining(id, parcel, settings, work.withCopy(false), sent);
    }

    /** Names of what machines need for it. */
    List<String> shared() {
        ModelParcel teachers = teacher.model();
        return teachers == null ? List.of(model.name()) : List.of(model.name(), teachers.name());
    }

    /** The worker of a process, opened if need be; that of an earlier training makes room for it. */
    Seat at(Workplace place) {
        place.keepOnly(id, Seat.class);
        return place.kept(id, Seat.class, () -> Seat.open(this, place));
    }
}
