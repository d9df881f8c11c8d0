/** HTTP clients: responses, event streams, and raw bytes where a library would normalise them. Other programs are in the package client. */
@NullMarked
package io.ratemesh.systemtests.http;

import org.jspecify.annotations.NullMarked;
