/**
 * What only the container can show: its transactions, timers and events, over the modules of the
 * packaged EAR. Arquillian runs these tests inside a server of their own.
 */
@org.jspecify.annotations.NullMarked
package io.binnacle.it.inside;
