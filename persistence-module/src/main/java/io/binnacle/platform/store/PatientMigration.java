package io.binnacle.platform.store;

import java.sql.SQLException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Lets a migration take as long as it needs: changing a large table takes longer than any other
 * statement may, and a connection that ends in its middle would leave it half done.
 */
final class PatientMigration implements Callback {
  /** Of the connection before the migration; migrations run one after the other. */
  private int usual;

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public String getCallbackName() {
    return "patient-migration";
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      if (event == Event.BEFORE_EACH_MIGRATE) {
        usual = context.getConnection().getNetworkTimeout();
        set(context, 0);
      } else {
        set(context, usual);
      }
    } catch (SQLException e) {
      throw new StoreException("The time limit of the connection can't be changed", e);
    }
  }

  private static void set(Context context, int millis) throws SQLException {
    context.getConnection().setNetworkTimeout(Runnable::run, millis);
  }
}
