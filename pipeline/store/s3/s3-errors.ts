import type { Text } from '../../messages/text.ts';
import { type UserError, userError } from '../../messages/user-error.ts';
import type { S3Settings } from './s3-settings.ts';

/** What is known of a failed request: the answer's status and code, or that of the connection. */
interface Failure {
  readonly status: number | undefined;
  readonly code: string;
}

const passingAnswers = /^(SlowDown|InternalError|ServiceUnavailable|RequestTimeout|OperationAborted)$/;
const fullAnswers =
  /^(QuotaExceeded|StorageQuotaExceeded|XMinioStorageFull|InsufficientCapacity|InsufficientStorage)$/i;
const lostConnections =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_\w+|TimeoutError)$/;

/** What the service or the connection to it did; undefined for errors of another origin, such as a full local disk. */
export function failureOf(error: unknown): Failure | undefined {
  const { status, serviceCode, body, code, cause, name, message } = error as {
    status?: number;
    serviceCode?: string;
    body?: string;
    code?: unknown;
    cause?: unknown;
    name?: string;
    message?: string;
  };
  const told = serviceCode && serviceCode !== 'Unknown' ? serviceCode : /<Code>(\w+)<\/Code>/.exec(body ?? '')?.[1];
  if (status !== undefined) return { status, code: told ?? String(status) };
  const sign = [code, name].find((each) => typeof each === 'string' && lostConnections.test(each));
  if (sign !== undefined) return { status: undefined, code: sign as string };
  if (message === 'fetch failed' && cause instanceof Error)
    return failureOf(cause) ?? { status: undefined, code: cause.message };
  if (cause !== undefined && cause !== null) return failureOf(cause);
  // The client says so of answers it cannot read, such as a web page in place of a listing.
  if (message?.startsWith('[s3mini]')) return { status: undefined, code: message.slice(9, 120) };
  return undefined;
}

/** Whether a request that failed so may succeed when it is made again. */
export function isPassing({ status, code }: Failure): boolean {
  if (isFull({ status, code })) return false;
  if (status === undefined) return lostConnections.test(code);
  return status >= 500 || status === 429 || status === 408 || passingAnswers.test(code);
}

const isFull = ({ status, code }: Failure): boolean => status === 507 || fullAnswers.test(code);

/** A failed request in the user's words: what is wrong with the bucket, the keys, the service or the room left. */
export function s3Error({ status, code }: Failure, settings: S3Settings): UserError {
  const place = `s3://${settings.bucket}/${settings.prefix}`;
  const say = (finding: string, found: Text, cure: Text) => userError(finding, place, found, undefined, cure);
  const why = status === undefined || code === String(status) ? code : `${code}, HTTP ${status}`;
  if (isFull({ status, code }))
    return say(
      'store-full',
      { zh: `存储空间或配额已用完（${why}）`, en: `the store is full or its quota is used up (${why})` },
      {
        zh: '扩大配额或运行 shuibao gc，然后 resume；已完成的部分会保留',
        en: 'raise the quota or run shuibao gc, then resume; finished work is kept',
      },
    );
  if (code === 'NoSuchBucket')
    return say(
      'store-bucket',
      { zh: `没有这个存储桶（${settings.endpoint}）`, en: `there is no such bucket at ${settings.endpoint}` },
      { zh: '检查 STORE_URL 中的桶名，或先建立该桶', en: 'check the bucket in STORE_URL, or make it first' },
    );
  if (/^(InvalidAccessKeyId|SignatureDoesNotMatch|AuthorizationHeaderMalformed|InvalidToken)$/.test(code))
    return say(
      'store-keys',
      { zh: `密钥或区域不被接受（${code}）`, en: `the keys or the region are not accepted (${code})` },
      {
        zh: '检查 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY 和 AWS_REGION',
        en: 'check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION',
      },
    );
  if (code === 'RequestTimeTooSkewed')
    return say(
      'store-denied',
      { zh: '本机时钟与存储服务相差过大', en: 'the clock of this machine differs too much from that of the service' },
      { zh: '校准本机时间', en: 'set the clock' },
    );
  if (status === 401 || status === 403)
    return say(
      'store-denied',
      { zh: `没有权限（${code}）`, en: `access is denied (${code})` },
      {
        zh: '密钥需要该桶的读、写、列举和删除权限',
        en: 'the keys need to read, write, list and delete in this bucket',
      },
    );
  return say(
    'store-unreachable',
    {
      zh: `存储服务没有正常应答：${settings.endpoint}（${why}）`,
      en: `the service at ${settings.endpoint} does not answer as it should (${why})`,
    },
    {
      zh: '检查 S3_ENDPOINT 和网络，然后 resume；已完成的部分会保留',
      en: 'check S3_ENDPOINT and the network, then resume; finished work is kept',
    },
  );
}
