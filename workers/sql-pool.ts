/** Rows of one statement, as the `pg` package gives them. */
export interface SqlResult {
  // biome-ignore lint/suspicious/noExplicitAny: rows are untyped at this border, as in `pg`
  readonly rows: any[];
  readonly rowCount: number | null;
  readonly command: string;
}

export interface SqlNotification {
  readonly channel: string;
  readonly payload: string;
}

/** The part of `pg.PoolClient` that the queue and the catalog use. */
export interface SqlClient {
  // biome-ignore lint/suspicious/noExplicitAny: the row type is the caller's claim, as in `pg`
  query<R = any>(text: string, parameters?: readonly unknown[]): Promise<Omit<SqlResult, 'rows'> & { rows: R[] }>;
  on(event: 'notification', listener: (notification: SqlNotification) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'end', listener: () => void): this;
  removeListener(event: 'notification', listener: (notification: SqlNotification) => void): this;
  removeAllListeners(event?: string): this;
  release(destroy?: boolean): void;
}

/** The part of `pg.Pool` that the queue and the catalog use; a real `pg.Pool` fits. */
export interface SqlPool {
  // biome-ignore lint/suspicious/noExplicitAny: the row type is the caller's claim, as in `pg`
  query<R = any>(text: string, parameters?: readonly unknown[]): Promise<Omit<SqlResult, 'rows'> & { rows: R[] }>;
  connect(): Promise<SqlClient>;
  end(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'connect', listener: (client: SqlClient) => void): this;
  removeAllListeners(event?: string): this;
}
