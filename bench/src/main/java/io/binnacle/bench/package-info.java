/** Load generators and measurements that print how fast Binnacle is on this machine. */
@NullMarked
package io.binnacle.bench;

import org.jspecify.annotations.NullMarked;
