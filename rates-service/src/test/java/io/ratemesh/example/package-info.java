/** A feed outside of this project's packages: it uses only public classes. */
@NullMarked
package io.ratemesh.example;

import org.jspecify.annotations.NullMarked;
