package org.realm4knime.samples.refund;

import java.util.Arrays;
import java.util.List;

/** Product that the shop sells. */
enum Product {
    LAPTOP(Category.ELECTRONICS),
    PHONE(Category.ELECTRONICS),
    TABLET(Category.ELECTRONICS),
    CAMERA(Category.ELECTRONICS),
    LAMP(Category.HOME),
    CHAIR(Category.HOME),
    VASE(Category.HOME),
    RUG(Category.HOME),
    COAT(Category.CLOTHING),
    DRESS(Category.CLOTHING),
    SHIRT(Category.CLOTHING),
    HAT(Category.CLOTHING);

    private final Category category;

    Product(Category category) {
        this.category = category;
    }

    Category category() {
        return category;
    }

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Products that no training problem mentions, one of each category: they make up the harder split. */
    boolean heldOut() {
        return this == CAMERA || this == RUG || this == HAT;
    }

    /** All products, or only those that training problems may mention. */
    static List<Product> choices(boolean withHeldOut) {
        return Arrays.stream(values()).filter(p -> withHeldOut || !p.heldOut()).toList();
    }
}
