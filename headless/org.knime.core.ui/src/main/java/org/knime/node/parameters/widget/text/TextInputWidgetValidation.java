package org.knime.node.parameters.widget.text;

import org.knime.node.parameters.validation.BuiltinValidation;

/** Checks of texts by the dialog; settings that come from elsewhere are not checked by them. */
public sealed interface TextInputWidgetValidation extends BuiltinValidation {

    /** A regular expression that the whole text matches. */
    abstract non-sealed class PatternValidation implements TextInputWidgetValidation {

        protected abstract String getPattern();

        @Override
        public String getErrorMessage() {
            return "The text must match the pattern " + getPattern();
        }

        /** At least one character that is no blank. */
        public static final class IsNotBlankValidation extends PatternValidation {

            @Override
            public String getPattern() {
                return ".*\\S.*";
            }

            @Override
            public String getErrorMessage() {
                return "The text must not be blank.";
            }
        }

        /** At least one character. */
        public static final class IsNotEmptyValidation extends MinLengthValidation {

            @Override
            protected int getMinLength() {
                return 1;
            }

            @Override
            public String getErrorMessage() {
                return "The text must not be empty.";
            }
        }
    }

    /** A lower bound of the number of characters. */
    abstract non-sealed class MinLengthValidation implements TextInputWidgetValidation {

        protected abstract int getMinLength();

        @Override
        public String getErrorMessage() {
            return "The text must have at least " + getMinLength() + " characters.";
        }
    }

    /** An upper bound of the number of characters. */
    abstract non-sealed class MaxLengthValidation implements TextInputWidgetValidation {

        protected abstract int getMaxLength();

        @Override
        public String getErrorMessage() {
            return "The text must have at most " + getMaxLength() + " characters.";
        }
    }
}
