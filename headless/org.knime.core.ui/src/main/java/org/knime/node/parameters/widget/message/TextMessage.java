package org.knime.node.parameters.widget.message;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.knime.node.parameters.updates.StateProvider;

/** A text in the dialog that is no parameter. The field is of the type {@link Void}, and nothing is written of it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface TextMessage {

    /** Gives the text, or nothing. */
    Class<? extends StateProvider<Optional<Message>>> value();

    /** The text. */
    record Message(String title, String description, MessageType type) {}

    /** How it is shown. */
    enum MessageType {
        INFO
    }
}
