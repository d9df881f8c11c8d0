/** HTTP as this service speaks it: requests read strictly, answers and problems as values. */
@NullMarked
package io.ratemesh.converter.http;

import org.jspecify.annotations.NullMarked;
