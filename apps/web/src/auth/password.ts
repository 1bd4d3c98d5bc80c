/** As the server asks; NIST SP 800-63B allows more than it asks: no signs or digits are demanded. */
export const LEAST_PASSWORD = 12;
const MOST_PASSWORD = 200;

/** The id of the message that says what is wrong with a new password, or null. */
export function passwordFault(password: string): 'password-short' | 'password-long' | null {
  if (password.length < LEAST_PASSWORD) return 'password-short';
  return password.length > MOST_PASSWORD ? 'password-long' : null;
}
