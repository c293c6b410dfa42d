import { type UserError, userError } from '../../messages/user-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Everything needed to talk to one bucket. */
export interface S3Settings {
  readonly bucket: string;
  /** Beginning of all keys; empty, or ending in a slash. */
  readonly prefix: string;
  /** Address of the service, without the bucket. */
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const bucketPattern = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const prefixPattern = /^[\w!*'().-]+(\/[\w!*'().-]+)*$/;

export const isS3Url = (location: string): boolean => /^s3:\/\//i.test(location);

/**
 * Settings of `s3://bucket/prefix`: the service from S3_ENDPOINT (or AWS_ENDPOINT_URL), the rest from AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY and AWS_REGION, named as other programs name them.
 * @throws UserError naming the setting that is missing or cannot be right
 */
export function s3Settings(url: string, environment: Environment): S3Settings {
  const [bucket = '', ...path] = url.replace(/^s3:\/\//i, '').split('/');
  const prefix = path.join('/').replace(/\/+$/, '');
  if (!bucketPattern.test(bucket) || (prefix !== '' && !prefixPattern.test(prefix)))
    throw wrong('STORE_URL', url, 's3://bucket/prefix');
  const region = environment.AWS_REGION || environment.AWS_DEFAULT_REGION || 'us-east-1';
  const endpoint =
    environment.S3_ENDPOINT ||
    environment.AWS_ENDPOINT_URL_S3 ||
    environment.AWS_ENDPOINT_URL ||
    `https://s3.${region}.amazonaws.com`;
  if (!/^https?:$/.test(protocolOf(endpoint))) throw wrong('S3_ENDPOINT', endpoint, 'https://s3.example:9000');
  if (environment.AWS_SESSION_TOKEN)
    throw userError(
      'store-keys',
      'AWS_SESSION_TOKEN',
      { zh: '不支持临时密钥', en: 'temporary keys are not supported' },
      { zh: '应为长期密钥', en: 'expected lasting keys' },
      {
        zh: '取消此变量，AWS_ACCESS_KEY_ID 与 AWS_SECRET_ACCESS_KEY 用长期密钥',
        en: 'unset it and put lasting keys into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
      },
    );
  return {
    bucket,
    prefix: prefix === '' ? '' : `${prefix}/`,
    endpoint: endpoint.replace(/\/+$/, ''),
    region,
    accessKeyId: required('AWS_ACCESS_KEY_ID', environment),
    secretAccessKey: required('AWS_SECRET_ACCESS_KEY', environment),
  };
}

function protocolOf(address: string): string {
  try {
    return new URL(address).protocol;
  } catch {
    return '';
  }
}

function required(name: string, environment: Environment): string {
  const value = environment[name];
  if (value) return value;
  throw userError(
    'store-keys',
    name,
    { zh: '环境变量未设置', en: 'the environment variable is not set' },
    { zh: 'S3 存储需要密钥', en: 'an S3 store needs its keys' },
    {
      zh: '设置 AWS_ACCESS_KEY_ID 与 AWS_SECRET_ACCESS_KEY',
      en: 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    },
  );
}

const wrong = (name: string, value: string, example: string): UserError =>
  userError(
    'store-unknown',
    name,
    { zh: `不能使用：${value}`, en: `cannot be used: ${value}` },
    { zh: `应如 ${example}`, en: `expected something like ${example}` },
  );
