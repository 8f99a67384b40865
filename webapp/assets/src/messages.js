// The few sentences that scripts say by themselves, in both languages. Everything else comes from the server.
const TEXTS = {
  saved: ['已保存 {time}', 'Saved {time}'],
  saving: ['正在保存', 'Saving'],
  kept: ['没有存到服务器，已存在本机', 'Not on the server yet; kept on this device'],
  here: ['已存在本机，断网也不丢', 'Kept on this device, with or without a net'],
  found: ['本机还有上次没存上的内容。', 'This device still holds what was not saved last time.'],
  restore: ['放回表单', 'Put it back'],
  discard: ['不要了', 'Discard'],
  expired: ['登录已过期', 'You have been signed out'],
  expiredText: ['您写的内容已存在本机。重新登录后回到这一页，可以放回表单。', 'What you wrote is kept on this device. Sign in again, come back to this page and put it back.'],
  signIn: ['重新登录', 'Sign in again'],
  stay: ['留在本页', 'Stay here'],
  close: ['关闭', 'Close'],
  failed: ['没有办成，请再试一次。', 'That did not work. Please try again.'],
  offline: ['现在没有网络，没有提交。内容还在，连上后再按一次。', 'No network, so nothing was sent. Your text is still here; press again once connected.'],
  uploading: ['已传 {done}，共 {total}', '{done} of {total} sent'],
  hashing: ['正在核对校验值', 'Checking the digest'],
  uploaded: ['已收到，SHA-256 {hash}', 'Received, SHA-256 {hash}'],
  waiting: ['网络断了，连上后接着传', 'Connection lost; it goes on when back'],
  refused: ['没有收下：{reason}', 'Not accepted: {reason}'],
  tooBig: ['超过上限 {limit}', 'larger than the limit of {limit}'],
  stop: ['不传了', 'Cancel'],
  retry: ['再传', 'Try again'],
  rowNumber: ['第 {n} 项', 'No. {n}'],
  over: ['多了 {n} 字', '{n} over'],
  left: ['还可写 {n} 字', '{n} left'],
  unsaved: ['有改动还没有保存。', 'There are unsaved changes.'],
  drawFailed: ['流程图没有画出来，旁边有文字说明。', 'The diagram could not be drawn; the text beside it says the same.'],
  stale: ['别人刚保存过这份草稿。您的改动还在画布上，请先下载留存，再重新打开。', 'Someone else has just saved this draft. Your changes are still on the canvas: download them, then reopen.'],
  changed: ['有改动', 'Changed'],
  notXml: ['这不是 BPMN 文件：{reason}', 'This is not a BPMN file: {reason}'],
  errors: ['{n} 处错误', '{n} errors'],
  warnings: ['{n} 处提醒', '{n} warnings'],
  clean: ['没有发现问题', 'Nothing found'],
  locate: ['定位', 'Show'],
  checking: ['正在检查', 'Checking'],
  checked: ['改动后 {seconds} 秒检查完', 'Checked {seconds} s after the change'],
  bind: ['绑定这一步', 'Bind this step'],
  differs: ['看有什么不同', 'See what differs'],
  unbound: ['这一步还没有绑定。', 'This step is not bound yet.'],
  nothingSelected: ['点一个步骤，看它由谁办、用什么表单、出什么文书。', 'Select a step to see who does it, with which form and documents.'],
};

export const english = document.documentElement.lang.startsWith('en');

/** The text of a key in the page's language, with {name} filled in. */
export function say(key, values = {}) {
  const text = TEXTS[key][english ? 1 : 0];
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** 3.2 MB. */
export function fileSize(octets) {
  let size = octets;
  for (const unit of ['B', 'KB', 'MB', 'GB']) {
    if (size < 1024 || unit === 'GB') return `${unit === 'B' || size >= 100 ? Math.round(size) : size.toFixed(1)} ${unit}`;
    size /= 1024;
  }
  return '';
}
